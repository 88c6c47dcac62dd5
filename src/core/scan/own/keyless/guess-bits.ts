import { bitsOfRuns, strengthOf } from '../../allow/strength.ts'
import { wordLikeness } from '../../generic/value/bigrams.ts'
import { isTelling } from '../telling.ts'

const BITS_OF_A_WORD = 12
/** Who knows the first words of a path, a host or a sentence knows most of the others. */
const BITS_OF_WORDS = 48
const BITS_OF_A_LETTER = 4.7
const LEET: Readonly<Record<string, string>> = { 0: 'o', 1: 'l', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's' }
const DEEPEST = 2

/**
 * How many bits somebody has to guess, at the least: what `strengthOf` says, and less for what is made of repetitions, of
 * neighbours on a keyboard or in the alphabet, of words with digits for letters, of hexadecimal digits with dashes, and for what base64
 * or hexadecimal makes of such.
 * Random text loses a little by it. What a program counted up, such as a time, is not known for that.
 */
export function guessBits(text: string, depth = 0): number {
  if (isUuidOfTime(text) || !isTelling(text)) return 0
  const readings = depth < DEEPEST ? readingsOf(text).map((reading) => guessBits(reading, depth + 1)) : []
  return Math.min(strengthOf(text), bitsOfNew(text), bitsOfSteps(text), bitsOfWords(text), bitsOfHex(text), ...readings)
}

/** Every version but 4 is made of a time, a name or a machine. RFC 9562 section 5. */
function isUuidOfTime(text: string): boolean {
  return /[0-9a-f]{8}-[0-9a-f]{4}-[0-35-9a-f][0-9a-f]{3}-[0-9a-f]{4}-/i.test(text)
}

const LONG_REPEAT = 3
const BITS_OF_A_REPEAT = 8

/** What stood before, from three characters on, comes to no more than where and how long it is. */
function bitsOfNew(text: string): number {
  const lower = text.toLowerCase()
  let [rest, repeats] = ['', 0]
  for (let at = 0; at < text.length; ) {
    let length = 0
    while (at + length < text.length && lower.slice(0, at).includes(lower.slice(at, at + length + 1))) length += 1
    if (length < LONG_REPEAT) rest += text[at]
    else repeats += 1
    at += length < LONG_REPEAT ? 1 : length
  }
  return repeats === 0 ? Number.POSITIVE_INFINITY : strengthOf(rest) + repeats * BITS_OF_A_REPEAT
}

const LINES = [
  ...['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertzuiop', 'azertyuiop'],
  ...['1qaz', '2wsx', '3edc', '4rfv', '5tgb', '6yhn', '7ujm', '8ik', '9ol', '0p'],
]
const STEPS: ReadonlySet<string> = new Set(
  LINES.flatMap((line) => [...line].slice(1).flatMap((letter, at) => [`${line[at]}${letter}`, `${letter}${line[at]}`])),
)
const LONG_WALK = 3

/** From the third step on, a walk over the keyboard, along the alphabet or on one key comes to a bit a step. */
function bitsOfSteps(text: string): number {
  const lower = text.toLowerCase()
  let [rest, steps, walked] = ['', 0, 0]
  for (let at = 0; at < text.length; at += 1) {
    const isStep = at > 0 && (lower[at] === lower[at - 1] || STEPS.has(lower.slice(at - 1, at + 1)))
    steps = isStep ? steps + 1 : 0
    rest += text[at]
    if (steps < LONG_WALK) continue
    const gone = steps === LONG_WALK ? LONG_WALK : 1
    rest = rest.slice(0, -gone)
    walked += gone
  }
  return walked === 0 ? Number.POSITIVE_INFINITY : strengthOf(rest) + walked
}

/** `C0rr3ct-H0rs3` is two words: each comes to one out of a dictionary, and each digit in the place of a letter to a bit more. */
function bitsOfWords(text: string): number {
  const read = text.toLowerCase().replace(/[013457@$]/g, (sign) => LEET[sign]!)
  let replaced = 0
  for (const [at, letter] of [...read].entries()) replaced += letter === text[at]?.toLowerCase() ? 0 : 1
  const runs = read.match(/[a-z]+|[^a-z]+/g)!
  const words = runs.filter((run) => wordLikeness(run) > 0).map(bitsOfRun)
  const others = runs.filter((run) => wordLikeness(run) <= 0).map(bitsOfRun)
  return Math.min(BITS_OF_WORDS, sumOf(words)) + sumOf(others) + replaced
}

function bitsOfRun(run: string): number {
  if (/^[-_ .]$/.test(run)) return 1
  if (!/^[a-z]/.test(run)) return bitsOfRuns(run)
  return Math.min(wordLikeness(run) > 0 ? BITS_OF_A_WORD : Number.POSITIVE_INFINITY, run.length * BITS_OF_A_LETTER)
}

const HEX_STRETCH = /[0-9a-f-]{8,}|[0-9A-F-]{8,}/g
const VERSION_4 = /-4[0-9a-f]{3}-[89ab]/i
const BITS_OF_VERSION = 6

/** A hexadecimal digit comes to four bits, a dash to none; six bits of a random UUID say that it is one (RFC 9562 section 5.4). */
function bitsOfHex(text: string): number {
  let bits = 0
  const rest = text.replace(HEX_STRETCH, (stretch) => {
    bits += stretch.replaceAll('-', '').length * 4 - (VERSION_4.test(stretch) ? BITS_OF_VERSION : 0)
    return ''
  })
  return bits === 0 ? Number.POSITIVE_INFINITY : strengthOf(rest) + bits
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}

const PRINTABLE = /^[\t\n\r\x20-\x7e]+$/
const SHORTEST_READING = 8

/** What the text says if it is base64 or hexadecimal, cut anywhere. Random bytes are hardly ever printable. */
function readingsOf(text: string): string[] {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return []
  const hexadecimal = /^[0-9a-fA-F]+$/.test(text) ? [0, 1].map((from) => Buffer.from(text.slice(from), 'hex')) : []
  const base64 = [0, 1, 2, 3].map((from) => Buffer.from(text.slice(from), 'base64'))
  return [...hexadecimal, ...base64]
    .map((bytes) => bytes.toString('latin1'))
    .filter((reading) => reading.length >= SHORTEST_READING && PRINTABLE.test(reading))
}
