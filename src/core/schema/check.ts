import { locate } from '../config/problem.ts'
import { compileRe2 } from '../regex/re2.ts'
import { isPlaceholder } from '../scan/rules/placeholder.ts'
import type { Schema, VariableRule } from './schema.ts'
import { isOfType } from './types.ts'

/** One thing that a variable is not. `what` stands behind its name in a sentence and is made of the schema alone, never of the value. */
export interface SchemaFault {
  readonly name: string
  readonly what: string
}

/**
 * Holds variables against a schema. An empty value is as good as none, because a job cannot tell them apart: `required` refuses it, and
 * what else is asked is asked of values that are there.
 *
 * @param variables by their names in the files
 * @returns what is wrong, in the order of the schema; empty when nothing is
 * @throws SealwardError policy-invalid for a pattern that is not RE2
 */
export async function checkSchema(
  variables: ReadonlyMap<string, string>,
  schema: Schema,
): Promise<readonly SchemaFault[]> {
  const faults: SchemaFault[] = []
  for (const [name, rule] of schema.rules) {
    const value = variables.get(name)
    const finds = await compile(rule, schema.file)
    const found = value === undefined || value === '' ? faultsOfNothing(value, rule) : faultsOf(value, rule, finds)
    faults.push(...found.map((what) => ({ name, what })))
  }
  return faults
}

const SHOWN = 50

/** All faults as the message of one error: `API_KEY is missing; PORT is not a port`. */
export function printFaults(faults: readonly SchemaFault[]): string {
  const shown = faults.slice(0, SHOWN).map(({ name, what }) => `${name} ${what}`)
  const rest = faults.length > SHOWN ? [`and ${faults.length - SHOWN} more`] : []
  return [...shown, ...rest].join('; ')
}

function faultsOfNothing(value: string | undefined, { required }: VariableRule): string[] {
  if (!required) return []
  return [value === undefined ? 'is missing' : 'is empty']
}

function faultsOf(value: string, rule: VariableRule, finds: (text: string) => boolean): string[] {
  // A placeholder is one whatever else it is: what follows from it would only hide that.
  if (rule.notPlaceholder && isPlaceholder(value)) return ['is a placeholder']
  const length = characters(value)
  return [
    rule.type !== null && !isOfType(rule.type, value) ? `is not ${WORDS[rule.type]}` : '',
    rule.enum !== null && !rule.enum.includes(value) ? 'is none of the values it may have' : '',
    finds(value) ? '' : 'does not match its pattern',
    length < rule.minLength ? `has fewer than ${rule.minLength} characters` : '',
    length > rule.maxLength ? `has more than ${rule.maxLength} characters` : '',
  ].filter((what) => what !== '')
}

const WORDS: Readonly<Record<NonNullable<VariableRule['type']>, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  url: 'a URL',
  email: 'an e-mail address',
  port: 'a port (1 to 65535)',
  json: 'JSON',
  base64: 'base64',
  uuid: 'a UUID',
  pem: 'PEM (-----BEGIN ...)',
}

/** An expression that does not compile is an error even where there is no value: a schema is right or wrong by itself. */
async function compile({ pattern, line }: VariableRule, file: string): Promise<(text: string) => boolean> {
  if (pattern === null) return () => true
  try {
    return await compileRe2(pattern)
  } catch (error) {
    throw locate(error, 'policy-invalid', { file, line })
  }
}

/** Code points: what a person counts, near enough. */
function characters(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}
