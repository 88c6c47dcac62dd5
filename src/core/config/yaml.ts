import { Composer, type Document, LineCounter, Parser } from 'yaml'
import { invalid, type Problem } from './problem.ts'
import { refusedToken } from './tokens.ts'
import { type Path, placeValues } from './values.ts'

/** A YAML document as plain values (its objects have no prototype), and where each of them stands. */
export interface Yaml {
  readonly value: unknown
  /** The line of an entry's name or of a list's item; of the nearest thing above it when there is no such path. */
  lineOf(path: Path): number
}

export interface YamlOptions {
  readonly file: string
  /** Whether `<<: *other` merges, as sops reads it. */
  readonly merge: boolean
}

const MAX_BYTES = 1024 * 1024

/**
 * Reads one document of YAML 1.2, core schema. Stricter than YAML: no tags, no directives, no name twice in a map, and bounds on size,
 * depth and what aliases write out to. An empty document is null.
 *
 * @throws SealwardError policy-invalid with the file, the line, and all problems of one kind
 */
export function readYaml(source: string | Uint8Array, options: YamlOptions): Yaml {
  const { file, merge } = options
  const text = decode(source, file)
  const lines = new LineCounter()
  const tokens = [...new Parser(lines.addNewLine).parse(text)]
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line)
  const refused = refusedToken(tokens)
  if (refused !== null) throw invalid(file, [{ line: lineAt(refused.offset), message: refused.message }])
  const composer = new Composer({ schema: 'core', uniqueKeys: false, stringKeys: true })
  const documents = [...composer.compose(tokens, true, text.length)]
  const problems = documents.flatMap((document, index) => problemsOf(document, index, lineAt))
  if (problems.length > 0) throw invalid(file, problems)
  const root = placeValues(documents[0]!, { merge, lineAt })
  if (root.problems.length > 0) throw invalid(file, root.problems)
  return { value: root.value, lineOf: root.lineOf }
}

function decode(source: string | Uint8Array, file: string): string {
  if (source.length > MAX_BYTES) throw invalid(file, [{ line: 1, message: 'the file is larger than 1 MiB' }])
  if (typeof source === 'string') return source
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(source)
  } catch {
    throw invalid(file, [{ line: 1, message: 'the file is not UTF-8' }])
  }
}

/** The parser's own messages quote the text, so its code speaks instead: TAB_AS_INDENT. */
function problemsOf(document: Document.Parsed, index: number, lineAt: (offset: number) => number): Problem[] {
  const second = index === 1 ? [{ line: lineAt(document.range[0]), message: 'a second document starts here' }] : []
  const faults = document.errors.map(({ code, pos }) => ({
    line: lineAt(pos[0]),
    message: `not YAML: ${code.toLowerCase().replaceAll('_', ' ')}`,
  }))
  return [...second, ...faults]
}
