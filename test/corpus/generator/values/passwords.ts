import { type Context, choose } from '../case.ts'
import { FOREIGN, NOUNS, PEOPLE } from '../vocabulary/words.ts'
import { AWKWARD, BASE62, DIGIT, SYMBOLS } from './alphabets.ts'

/** A model of how a value comes into being: each call gives a fresh one. */
export type Value = (context: Context) => string

/** What a password manager makes. */
export const randomPassword: Value = ({ random }) => {
  const body = random.characters(BASE62, random.integer(7, 22))
  const marks = random.chance(0.7)
    ? random.characters(random.chance(0.12) ? AWKWARD : SYMBOLS, random.integer(1, 4))
    : ''
  const cut = random.integer(1, body.length - 1)
  return `${body.slice(0, cut)}${marks}${body.slice(cut)}${random.characters(DIGIT, 1)}`
}

/** A word or two with digits and a symbol: weak, and what people really choose. */
export const wordPassword: Value = (context) => {
  const { random } = context
  const word = cased(context, choose(context, random.chance(0.25) ? FOREIGN : NOUNS))
  const second = random.chance(0.25) ? cased(context, choose(context, NOUNS)) : ''
  const digits = random.pick([year(context), random.characters(DIGIT, random.integer(1, 4)), '123'])
  const symbol = random.chance(0.45) ? random.pick([...'!@#$*_-.']) : ''
  return random.pick([
    `${word}${second}${digits}${symbol}`,
    `${word}${symbol}${second}${digits}`,
    `${digits}${symbol}${word}${second}`,
  ])
}

/** Letters turned into digits that look alike. */
export const leetPassword: Value = (context) => {
  const swaps: Record<string, string> = { a: '4', e: '3', i: '1', o: '0', s: '5', t: '7' }
  const word =
    cased(context, choose(context, NOUNS)) + (context.random.chance(0.4) ? cased(context, choose(context, NOUNS)) : '')
  const turned = [...word].map((letter) => swaps[letter.toLowerCase()] ?? letter).join('')
  return `${turned}${context.random.pick(['', '!', '#1', '99', '@'])}${context.random.characters(DIGIT, 1)}`
}

/** Fingers walking over neighbouring keys, along a row or down the columns. */
export const keyboardPassword: Value = ({ random }) => {
  const rows = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm']
  const along = (row: string) => row.slice(random.integer(0, 3)).slice(0, random.integer(4, 6))
  const down = (column: number) => rows.map((row) => row[column] ?? '').join('')
  const start = random.integer(0, 4)
  const walk = random.chance(0.5)
    ? along(random.pick(rows.slice(1))) + along(rows[0] as string)
    : down(start) + (random.chance(0.5) ? down(start + 1) : down(start + 1).toUpperCase())
  return random.chance(0.4) ? `${walk}${random.pick([...'!@#$'])}` : walk
}

/** Several words in a row, as the comic strip advises. */
export const passphrase: Value = (context) => {
  const joint = context.random.pick(['-', '.', '_', '-'])
  const parts = Array.from({ length: context.random.integer(3, 5) }, () => choose(context, NOUNS))
  return `${parts.join(joint)}${context.random.chance(0.4) ? joint + context.random.characters(DIGIT, 2) : ''}`
}

/** A person, a year, a symbol. */
export const personalPassword: Value = (context) =>
  `${cased(context, choose(context, PEOPLE))}${context.random.pick(['', '@', '.', '_'])}${year(context)}${context.random.pick(['', '!', '$'])}`

function cased({ random }: Context, word: string): string {
  return random.pick([
    word,
    word.charAt(0).toUpperCase() + word.slice(1),
    word.charAt(0).toUpperCase() + word.slice(1),
    word.toUpperCase(),
  ])
}

function year({ random }: Context): string {
  return `${random.integer(1968, 2026)}`
}
