import type { CheckReport, Judged, Level } from '../../check/judged.ts'
import { countLevels, LEVELS } from '../../check/judged.ts'
import { dayOf } from '../../day.ts'
import { amount } from '../amount.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/**
 * How near it is: `due in 12 days` before the day it should be done, then `4 days left` until its end, then `3 days over`. Empty when it
 * has neither day.
 */
export function sayWhen({ due, end }: Judged, at: Date): string {
  const isDue = due !== null && due.getTime() > at.getTime()
  if (isDue) return `due in ${distance(due, at)}`
  const last = end ?? due
  if (last === null) return ''
  return `${distance(last, at)} ${last.getTime() > at.getTime() ? 'left' : 'over'}`
}

/** From when to when: `2026-09-01 to 2026-12-01`; `before` where the start is a bound, and `?` for what nobody knows. */
export function saySpan({ since, sinceIsExact, due, end }: Judged): string {
  const last = end ?? due
  if (since === null && last === null) return ''
  const start = since === null ? '?' : `${sinceIsExact ? '' : 'before '}${dayOf(since)}`
  return `${start} to ${last === null ? '?' : dayOf(last)}`
}

/** `2 overdue, 1 critical, 40 ok`, from the most urgent, and what there is none of is left out; `nothing to judge` for nothing. */
export function sayLevels(judged: readonly Judged[]): string {
  const counts = countEach(judged)
  const words = LEVELS.toReversed().filter((level) => counts[level] > 0)
  return words.length === 0 ? 'nothing to judge' : words.map((level) => `${counts[level]} ${level}`).join(', ')
}

/** How many there are of each level; together they are the three of `countLevels`. */
export function countEach(judged: readonly Judged[]): Readonly<Record<Level, number>> {
  const counts = { ok: 0, due: 0, late: 0, critical: 0, overdue: 0 }
  for (const { level } of judged) counts[level] += 1
  return counts
}

/** What should be done next, of that whose day is still to come. */
export interface NextDue {
  readonly what: Judged
  readonly day: Date
}

/** @returns null when nobody knows a day */
export function nextOf({ judged, at }: CheckReport): NextDue | null {
  let next: NextDue | null = null
  for (const what of judged) {
    const day = what.due ?? what.end
    if (day === null || day.getTime() <= at.getTime()) continue
    if (next === null || day.getTime() < next.day.getTime()) next = { what, day }
  }
  return next
}

/** @returns the next day on which something should be done, of those that are still to come; null when nobody knows one */
export function nextDueOf(report: CheckReport): Date | null {
  return nextOf(report)?.day ?? null
}

/** The whole answer in a line, as every rendering has it: `2 overdue, 40 ok; next due 2026-12-01`. */
export function sayVerdict(report: CheckReport): string {
  const next = nextDueOf(report)
  return `${sayLevels(report.judged)}${next === null ? '' : `; next due ${dayOf(next)}`}`
}

/** Whether anything has to be done. */
export function isClean({ judged }: CheckReport): boolean {
  const { due, overdue } = countLevels(judged)
  return due + overdue === 0
}

/** Whole days, and hours where a day is too coarse: a person plans by them. */
function distance(date: Date, at: Date): string {
  const time = Math.abs(date.getTime() - at.getTime())
  if (time < HOUR) return 'less than an hour'
  return time < 2 * DAY ? amount(Math.floor(time / HOUR), 'hour') : amount(Math.floor(time / DAY), 'day')
}
