import { whyNot } from '../../mask/worth.ts'
import { bitsOfRuns } from '../allow/strength.ts'

const SHORTEST = 5
const FEWEST_BITS = 30
const FEWEST_KINDS = 5
/** A word, or one with a number: `eu`, `Node20`, `SMTP`, `2024`. */
const WORD = '(?:[A-Za-z]?[a-z]+|[A-Z]+|\\d{1,4})\\d{0,4}'
const NAME = new RegExp(`^(?:[a-z]+://)?[/.~]?${WORD}(?:[-_ .,:;/@=?&]+${WORD})*/?$`)
/** So many words without the signs of hosts, paths and addresses are a passphrase. */
const PHRASE = /^[A-Za-z]+(?:[-_ ][A-Za-z]+){3,}$/

/**
 * Whether a text says where it comes from: who sees it elsewhere sees no coincidence. Words, dates, hosts, paths and addresses stand in
 * any repository, and so does what is shorter than five characters or comes to less than 30 bits.
 */
export function isTelling(text: string): boolean {
  if (text.length < SHORTEST || whyNot(text, SHORTEST) !== null || isUsual(text)) return false
  return bitsOfRuns(text) >= FEWEST_BITS && new Set(text).size >= FEWEST_KINDS
}

function isUsual(text: string): boolean {
  return text.length <= 200 && NAME.test(text) && !PHRASE.test(text)
}
