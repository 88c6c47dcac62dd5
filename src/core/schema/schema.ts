import { validate } from '../config/validate.ts'
import { readYaml, type Yaml } from '../config/yaml.ts'
import { SchemaSection, type SchemaText } from './section.ts'
import type { ValueType } from './types.ts'

/** What is asked of variables, by their names as they stand in the encrypted files. */
export interface Schema {
  /** The file that asks, for errors. */
  readonly file: string
  readonly rules: ReadonlyMap<string, VariableRule>
}

export interface VariableRule {
  readonly line: number
  readonly required: boolean
  readonly type: ValueType | null
  /** RE2, not compiled yet. */
  readonly pattern: string | null
  readonly enum: readonly string[] | null
  readonly minLength: number
  readonly maxLength: number
  readonly notPlaceholder: boolean
}

/** Another tool's file of the same name is a dotenv file: its first line that is no comment sets a variable. */
const DOTENV_LINE = /^(?:export[ \t]+)?[A-Za-z_][A-Za-z0-9_]*[ \t]*=/

/**
 * Reads a `.env.schema`: YAML, with a name and what is asked of it on each entry.
 *
 * @param file what errors call it
 * @returns null when it is the file of another tool, in dotenv syntax
 * @throws SealwardError policy-invalid with the line, and all problems of the file in one message
 */
export function parseSchemaFile(source: Uint8Array, file: string): Schema | null {
  if (isDotenv(source)) return null
  const yaml = readYaml(source, { file, merge: false })
  const { output } = validate(SchemaSection, yaml, { file, unknownKeys: 'refuse' })
  return buildSchema(output, file, (name) => yaml.lineOf([name]))
}

/** The section of a sealward.yml that was validated with the rest of it. */
export function schemaOf(section: SchemaText, { file, yaml }: { readonly file: string; readonly yaml: Yaml }): Schema {
  return buildSchema(section, file, (name) => yaml.lineOf(['schema', name]))
}

function buildSchema(section: SchemaText, file: string, lineOf: (name: string) => number): Schema {
  const rules = Object.entries(section).map(([name, given]): [string, VariableRule] => [
    name,
    {
      line: lineOf(name),
      required: given.required,
      type: given.type ?? null,
      pattern: given.pattern ?? null,
      enum: given.enum ?? null,
      minLength: given['min-length'] ?? 0,
      maxLength: given['max-length'] ?? Number.POSITIVE_INFINITY,
      notPlaceholder: given['not-a-placeholder'],
    },
  ])
  return { file, rules: new Map(rules) }
}

function isDotenv(source: Uint8Array): boolean {
  const lines = new TextDecoder().decode(source.subarray(0, 64 * 1024)).split(/\r?\n/)
  const first = lines.map((line) => line.trim()).find((line) => line !== '' && !line.startsWith('#'))
  return first !== undefined && DOTENV_LINE.test(first)
}
