import { Composer, type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Pair, Parser } from 'yaml'
import { invalid } from './problem.ts'
import { boundTokens } from './yaml-tokens.ts'

/** The way to a value: names of entries and indexes of lists. */
export type Path = readonly (string | number)[]

/** A YAML document as plain values (objects without a prototype), and where each stands. */
export interface Yaml {
  readonly value: unknown
  /** The line of an entry's name or a list's item; of the nearest thing above it when there is no such path. */
  lineOf(path: Path): number
}

export interface YamlOptions {
  readonly file: string
  /** Whether `<<: *other` merges, as YAML 1.1 has it and sops reads it. */
  readonly merge?: boolean
}

/** A value with the lines of what is in it, and how many values it is made of when aliases are written out. */
interface Located {
  readonly value: unknown
  readonly line: number
  readonly size: number
  readonly children: ReadonlyMap<string | number, Located>
}

const MAX_BYTES = 1024 * 1024
const MAX_VALUES = 50_000
/** An object literal's prototype has these; a value under such a name would be lost on its way, or worse. */
const RESERVED = new Set(['__proto__', 'prototype', 'constructor'])
const MERGE = '<<'

/**
 * Reads one YAML 1.2 document of the core schema. Stricter than YAML: no tags, no directives, no name twice in a map, 1 MiB, 32 levels,
 * and 50,000 values with every alias written out (a few lines of aliases to aliases can mean billions). An empty document is null.
 *
 * @throws SealwardError policy-invalid with the file, the line and all problems of the grammar
 */
export function readYaml(source: string | Uint8Array, options: YamlOptions): Yaml {
  const text = decode(source, options.file)
  const lines = new LineCounter()
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line)
  const tokens = [...new Parser(lines.addNewLine).parse(text)]
  const refused = boundTokens(tokens)
  if (refused !== null) throw invalid(options.file, [{ line: lineAt(refused.offset), message: refused.message }])
  const composer = new Composer({ schema: 'core', uniqueKeys: false, stringKeys: true, prettyErrors: false })
  const documents = [...composer.compose(tokens, true, text.length)]
  const faults = documents.flatMap((document) => faultsOf(document))
  if (documents.length > 1) faults.push({ offset: documents[1]!.range[0], message: 'a second document starts here' })
  if (faults.length > 0)
    throw invalid(
      options.file,
      faults.map(({ offset, message }) => ({ line: lineAt(offset), message })),
    )
  const root = new Converter(options, lineAt).convert(documents[0]?.contents, 1)
  return { value: root.value, lineOf: (path) => lineOf(root, path) }
}
