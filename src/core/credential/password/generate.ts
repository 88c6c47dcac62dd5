import { randomBytes } from 'node:crypto'
import { SealwardError } from '../../errors.ts'
import { Secret } from '../../secret.ts'
import { charactersOf, isOf } from './characters.ts'
import type { PasswordPolicy } from './policy.ts'
import { weaknessOf } from './strength.ts'

const BYTE = 256
const CHUNK = 64
/** `weaknessOf` lets pass what takes ten thousand draws on average: that this many do not do has a chance below e^-20. */
const MOST_DRAWS = 200_000

/**
 * Makes a password, of all that the policy allows each as likely as any other: whole passwords are drawn until one has all classes. To put a
 * missing class somewhere afterwards would make some likelier.
 *
 * @throws SealwardError policy-invalid for a policy whose passwords are too weak
 */
export function generatePassword(policy: PasswordPolicy): Secret {
  const weakness = weaknessOf(policy)
  if (weakness !== null) throw new SealwardError('policy-invalid', `the password policy ${weakness}`)
  const { anywhere, first } = charactersOf(policy)
  const [drawFirst, draw] = [drawerOf(first), drawerOf(anywhere)]
  for (let drawn = 0; drawn < MOST_DRAWS; drawn += 1) {
    const characters = [drawFirst(), ...Array.from({ length: policy.length - 1 }, draw)]
    if (policy.classes.every((name) => characters.some((character) => isOf(name, character))))
      return new Secret(characters.join(''))
  }
  throw new SealwardError('internal', 'the random number generator does not give random numbers')
}

/** Bytes beyond the last whole multiple are thrown away: a remainder would favour the first characters of the alphabet. */
function drawerOf(characters: readonly string[]): () => string {
  const end = BYTE - (BYTE % characters.length)
  let bytes: Uint8Array = new Uint8Array(0)
  let at = 0
  return () => {
    for (;;) {
      if (at === bytes.length) {
        bytes = randomBytes(CHUNK)
        at = 0
      }
      const byte = bytes[at]!
      bytes[at] = 0 // what the password was made of does not stay behind
      at += 1
      if (byte < end) return characters[byte % characters.length]!
    }
  }
}
