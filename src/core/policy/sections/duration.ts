import * as v from 'valibot'

const PER_UNIT: Readonly<Record<string, number>> = { d: 1, w: 7, mo: 30, y: 365 }
/** What `duration` accepts. */
export const DURATION = /^[1-9][0-9]{0,3}(?:d|w|mo|y)$/
const PERIOD = /^(?:never|[1-9][0-9]{0,3}(?:d|w|mo|y))$/
const WORDS = 'must be a duration such as 30d, 6w, 3mo or 1y'

const HOURS_PER_UNIT: Readonly<Record<string, number>> = { h: 1, d: 24, w: 168 }
const SHORT_WORDS = 'must be a duration such as 12h, 2d or 1w'

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

/** A duration of hours, days or weeks. */
export const shortDuration = v.pipe(v.string(SHORT_WORDS), v.regex(/^[1-9][0-9]{0,3}[hdw]$/, SHORT_WORDS))

/** @returns the hours of a duration that `shortDuration` accepted */
export function hoursOf(text: string): number {
  return Number(text.slice(0, -1)) * HOURS_PER_UNIT[text.slice(-1)]!
}
