import type { AlphabetName, CharacterClass, PasswordPolicy } from './policy.ts'

const DIGITS = '0123456789'
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const LOWER = 'abcdefghijklmnopqrstuvwxyz'
/** Without the space: it gets lost at the ends of lines. */
const PRINTABLE = Array.from({ length: 0x7e - 0x20 }, (_, index) => String.fromCharCode(0x21 + index)).join('')

const NAMED: Readonly<Record<AlphabetName, string>> = {
  'url-safe': `${UPPER}${LOWER}${DIGITS}-_`,
  alphanumeric: `${UPPER}${LOWER}${DIGITS}`,
  hex: `${DIGITS}abcdef`,
  ascii: PRINTABLE,
}

const MEMBERS: Readonly<Record<CharacterClass, (character: string) => boolean>> = {
  lower: (character) => LOWER.includes(character),
  upper: (character) => UPPER.includes(character),
  digit: (character) => DIGITS.includes(character),
  symbol: (character) => !isLetter(character) && !DIGITS.includes(character),
}

/** Which characters may stand where. */
export interface Characters {
  /** Each once. */
  readonly anywhere: readonly string[]
  /** A part of them. A `-` is never first: a program that gets the password as an argument would take it for an option. */
  readonly first: readonly string[]
}

/** @returns what the policy leaves of its alphabet */
export function charactersOf({ alphabet, exclude, letterFirst }: PasswordPolicy): Characters {
  const all = typeof alphabet === 'string' ? NAMED[alphabet] : alphabet.characters
  const anywhere = [...new Set(all)].filter((character) => !exclude.includes(character))
  const first = anywhere.filter((character) => (letterFirst ? isLetter(character) : character !== '-'))
  return { anywhere, first }
}

export function isOf(name: CharacterClass, character: string): boolean {
  return MEMBERS[name](character)
}

function isLetter(character: string): boolean {
  return UPPER.includes(character) || LOWER.includes(character)
}
