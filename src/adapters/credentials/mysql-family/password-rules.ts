import type { Secret } from '../../../core/secret.ts'

/** MySQL's own words for how strict it is. From MEDIUM on, classes of characters count. */
const LENGTH_ONLY = new Set(['0', 'LOW'])

/**
 * Holds a password against `validate_password`, the component or the older plugin, as its variables say. The server has a function for this,
 * and would have the password in a statement.
 *
 * @param rules its variables, by name; empty where it is not there
 * @returns what the rules ask for, where the password does not have it
 */
export function refusedBy(rules: ReadonlyMap<string, string>, password: Secret): readonly string[] {
  const rule = (name: string) => rules.get(`validate_password.${name}`) ?? rules.get(`validate_password_${name}`)
  const policy = rule('policy')
  if (policy === undefined) return []
  const text = password.reveal()
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0
  const wanted: [least: number, words: string, has: number][] = [
    [Number(rule('length')), 'characters', [...text].length],
  ]
  if (!LENGTH_ONLY.has(policy.toUpperCase())) {
    const cases = Number(rule('mixed_case_count'))
    wanted.push(
      [cases, 'small letters', count(/[a-z]/g)],
      [cases, 'capital letters', count(/[A-Z]/g)],
      [Number(rule('number_count')), 'digits', count(/[0-9]/g)],
      [Number(rule('special_char_count')), 'other characters', count(/[^A-Za-z0-9]/g)],
    )
  }
  if (wanted.every(([least, , has]) => has >= least)) return []
  const rulesInWords = wanted.filter(([least]) => least > 0).map(([least, words]) => `${least} ${words}`)
  return [
    `validate_password at the server refuses the new password: it wants ${rulesInWords.join(', ')} at least (generate: can give it them)`,
  ]
}
