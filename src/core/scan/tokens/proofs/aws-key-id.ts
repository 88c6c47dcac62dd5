import type { Proof } from '../token-rule.ts'

/** AWS writes the number of the account into a key id, in base 32: 0, 1, 8 and 9 cannot stand behind the four letters of the kind. */
export function awsKeyId(token: string): Proof {
  return /^[A-Z2-7]{16}$/.test(token.slice(4)) ? 'holds' : 'fails'
}
