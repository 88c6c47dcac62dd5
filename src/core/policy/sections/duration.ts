import * as v from 'valibot'

const PER_UNIT: Readonly<Record<string, number>> = { d: 1, w: 7, mo: 30, y: 365 }
/** What `duration` accepts. */
export const DURATION = /^[1-9][0-9]{0,3}(?:d|w|mo|y)$/
const PERIOD = /^(?:never|[1-9][0-9]{0,3}(?:d|w|mo|y))$/
const WORDS = 'must be a duration such as 30d, 6w, 3mo or 1y'

/** A duration as it is written: whole, positive, of one unit. */
export const duration = v.pipe(v.string(WORDS), v.regex(DURATION, WORDS))

/** The same, or `never`. */
export const period = v.pipe(v.string(`${WORDS}, or never`), v.regex(PERIOD, `${WORDS}, or never`))

/** @returns the days of a duration that `duration` or `period` accepted: a month has 30, a year 365; null for `never` */
export function daysOf(text: string): number | null {
  if (text === 'never') return null
  const unit = text.replace(/^[0-9]+/, '')
  return Number(text.slice(0, -unit.length)) * PER_UNIT[unit]!
}
