import { type Characters, charactersOf, isOf } from './characters.ts'
import type { CharacterClass, PasswordPolicy } from './policy.ts'

/** No attacker who has the hash tries so many. */
const LEAST_BITS = 128
/** As MySQL's `caching_sha2_password` takes it; the others take more. */
const MOST_CHARACTERS = 256
/** A class that hardly ever comes by chance would be drawn for ever. */
const RAREST = 10_000n

/**
 * Why no password is made by a policy: none fits, or they are too few.
 *
 * @returns null when all is well; else words, with the numbers, to stand behind the place of the policy
 */
export function weaknessOf(policy: PasswordPolicy): string | null {
  const { length, classes } = policy
  if (!Number.isInteger(length) || length < 1 || length > MOST_CHARACTERS)
    return `has a length that is not 1 to ${MOST_CHARACTERS}`
  const characters = charactersOf(policy)
  const lacking = classes.find((name) => !characters.anywhere.some((character) => isOf(name, character)))
  if (lacking !== undefined) return `asks for the class ${lacking}, of which its alphabet has nothing`
  if (characters.first.length === 0) return 'leaves no character that a password may begin with'
  const count = countPasswords(length, characters, new Set(classes))
  if (count * RAREST < countPasswords(length, characters, new Set())) return 'asks for classes that hardly ever occur'
  const bits = bitsOf(count)
  if (bits >= LEAST_BITS) return null
  const of = `${length} of ${characters.anywhere.length} characters`
  return `makes passwords of ${bits} bits (${of}), and at least ${LEAST_BITS} are asked: make them longer`
}

/** @returns the whole bits of a policy's passwords, each of which is as likely as any other */
export function strengthOf(policy: PasswordPolicy): number {
  return bitsOf(countPasswords(policy.length, charactersOf(policy), new Set(policy.classes)))
}

function bitsOf(count: bigint): number {
  return count <= 0n ? 0 : count.toString(2).length - 1
}

/** Those with all classes, by inclusion and exclusion: all, less those without one, and those without two back again, ... */
function countPasswords(length: number, characters: Characters, classes: ReadonlySet<CharacterClass>): bigint {
  const [name, ...rest] = classes
  if (name === undefined)
    return BigInt(characters.first.length) * BigInt(characters.anywhere.length) ** BigInt(length - 1)
  const others = new Set(rest)
  const without = {
    anywhere: characters.anywhere.filter((character) => !isOf(name, character)),
    first: characters.first.filter((character) => !isOf(name, character)),
  }
  return countPasswords(length, characters, others) - countPasswords(length, without, others)
}
