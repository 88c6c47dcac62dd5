import { wordLikeness } from './bigrams.ts'

/** What a value is made of. Counts are of characters. */
export interface Shape {
  readonly length: number
  readonly lower: number
  readonly upper: number
  readonly digits: number
  /** Neither letter, digit, nor one of `_ - .` and blanks. */
  readonly special: number
  readonly blanks: number
  readonly distinct: number
  /** Shannon entropy in bits a character. */
  readonly entropy: number
  /** The share of letters that stand in runs that read like words, 0 to 1. */
  readonly wordy: number
  readonly hex: boolean
  readonly uuid: boolean
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const HEX = /^(?:0x)?[0-9a-f]{16,}$/i

/** Whether a value is a UUID, in either letter case. */
export function isUuid(value: string): boolean {
  return UUID.test(value)
}

/** Measures a value. Linear in its length. */
export function shapeOf(value: string): Shape {
  const counts = new Map<string, number>()
  let [lower, upper, digits, special, blanks] = [0, 0, 0, 0, 0]
  for (const character of value) {
    counts.set(character, (counts.get(character) ?? 0) + 1)
    if (character >= 'a' && character <= 'z') lower += 1
    else if (character >= 'A' && character <= 'Z') upper += 1
    else if (character >= '0' && character <= '9') digits += 1
    else if (character === ' ' || character === '\t' || character === '\n') blanks += 1
    else if (!'_-.'.includes(character)) special += 1
  }
  const hex = HEX.test(value)
  return {
    length: value.length,
    lower,
    upper,
    digits,
    special,
    blanks,
    distinct: counts.size,
    entropy: entropyOf(counts.values(), value.length),
    wordy: hex && digits > 0 ? 0 : wordShare(value, lower + upper),
    hex,
    uuid: UUID.test(value),
  }
}

function entropyOf(counts: Iterable<number>, length: number): number {
  let bits = 0
  for (const count of counts) bits -= (count / length) * Math.log2(count / length)
  return bits
}

/** Splits at separators, digits and camel case, and asks of each run whether it is like a word. */
function wordShare(value: string, letters: number): number {
  if (letters === 0) return 0
  let wordy = 0
  for (const run of value.match(/[A-Z]?[a-z]+|[A-Z]{2,}/g) ?? []) if (isWordLike(run.toLowerCase())) wordy += run.length
  return wordy / letters
}

const SHORT_WORDS = new Set(
  (
    'the and for not all any add get set new old put has you use key app api dev env prod test user pass name type data text file path host port http url uri db sql id ok no yes on off to of in is my me we by or if at be do go it up ' +
    'key auth job log map net ssl tls ssh aws git web css html json xml www com org true false null void this self end end run max min sum out row col num str int val var one two key ' +
    'md cli ui ip os vm ci cd pr pem crt pub sub tmp etc usr bin lib src opt var dir doc img css scss sass'
  ).split(' '),
)

/** A run of lower-case letters that somebody reads and no generator made. */
export function isWordLike(run: string): boolean {
  if (run.length < 4) return run.length > 1 && SHORT_WORDS.has(run)
  return SHORT_WORDS.has(run) || wordLikeness(run) >= (run.length < 6 ? 0.15 : 0)
}
