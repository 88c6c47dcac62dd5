import { base64Cores } from '../../../mask/forms/cores.ts'
import { HOPELESS_TO_GUESS } from '../../allow/strength.ts'
import { guessBits } from './guess-bits.ts'

/** A part of a form of a value, which is looked for in its place. */
export interface Window {
  readonly form: WindowForm
  /** Characters of both alphabets of base64, read as one: see `normalise`. Its length is one of `SIZES`. */
  readonly text: string
}

export type WindowForm = (typeof WINDOW_FORMS)[number]

/** The likelier first: of a weaker value there are fewer. */
export const WINDOW_FORMS = ['plain', 'base64', 'base64-1', 'base64-2', 'hex', 'reversed'] as const
export const SIZES: readonly number[] = [24, 32, 40, 48, 64, 96]
/** The filters of all versions of an index together tell at most so much of each window. filter.ts. */
export const BITS_OF_FILTER = 16

const STARTS = 8
/** Nearly all random windows have them, and most long names and paths of a text have not: those are not even hashed. */
const TWO_DIGITS = /\d.*\d/

/**
 * The windows by which a value is known again without a key. Each holds so much of the value that guessing is hopeless, although
 * the filter tells of each window up to sixteen bits.
 *
 * @returns none for a value that is too weak or too short, has several lines, or more than printable ASCII in it
 */
export function windowsOf(value: string): Window[] {
  const text = value.trim()
  if (!/^[\x21-\x7e]{24,4096}$/.test(text)) return []
  const choices = laysOf(text).map((lay) => ({ form: lay.form, best: SIZES.map((size) => bestOf(lay, size)) }))
  let most: Window[] = []
  for (let count = choices.length; count > most.length; count -= 1) {
    const least = HOPELESS_TO_GUESS + BITS_OF_FILTER * count
    const windows = choices.flatMap(({ form, best }) => {
      const chosen = best.find((one) => one !== null && one.bits >= least)
      return chosen == null ? [] : [{ form, text: chosen.text }]
    })
    // Without the plain form the others are worth little.
    if (windows[0]?.form === 'plain' && windows.length > most.length) most = windows.slice(0, count)
  }
  return most
}

/** Both alphabets of RFC 4648 read as one. */
export function normalise(text: string): string {
  return text.replaceAll('+', '-').replaceAll('/', '_')
}

/** A form, and which part of the value its characters from `from` to `to` hold whole. */
interface Lay {
  readonly form: WindowForm
  readonly text: string
  covers(from: number, to: number): string
}

function laysOf(text: string): Lay[] {
  const base64 = base64Cores(text).map((core, shift): Lay => {
    const skipped = [0, 2, 3][shift]!
    const bitOf = (at: number) => (skipped + at) * 6 - shift * 8
    return {
      form: WINDOW_FORMS[1 + shift]!,
      text: core,
      covers: (from, to) => text.slice(Math.ceil(bitOf(from) / 8), Math.floor(bitOf(to) / 8)),
    }
  })
  const hex = Buffer.from(text, 'latin1').toString('hex')
  const reversed = [...text].toReversed().join('')
  return [
    { form: 'plain', text, covers: (from, to) => text.slice(from, to) },
    ...base64,
    { form: 'hex', text: hex, covers: (from, to) => text.slice(Math.ceil(from / 2), Math.floor(to / 2)) },
    { form: 'reversed', text: reversed, covers: (from, to) => reversed.slice(from, to) },
  ]
}

/** The strongest window of a size among a few of them. Where there are letters and digits enough, they are preferred: no escaping touches these. */
function bestOf(lay: Lay, size: number): { text: string; bits: number } | null {
  const within = (pattern: RegExp) => [...lay.text.matchAll(pattern)].filter(([run]) => run.length >= size)
  const pure = within(/[A-Za-z0-9]+/g)
  let best: { text: string; bits: number } | null = null
  for (const run of pure.length > 0 ? pure : within(/[A-Za-z0-9+/_-]+/g))
    for (const from of startsIn(run, size)) {
      const text = normalise(lay.text.slice(from, from + size))
      if (!TWO_DIGITS.test(text)) continue
      const bits = guessBits(lay.covers(from, from + size))
      if (best === null || bits > best.bits) best = { text, bits }
    }
  return best
}

function startsIn({ 0: run, index }: RegExpExecArray, size: number): Set<number> {
  const last = run.length - size
  return new Set(Array.from({ length: STARTS }, (_, at) => index + Math.round((at * last) / (STARTS - 1))))
}
