import type { CheckNote, Judged } from '../../check/judged.ts'
import { dayOf } from '../../day.ts'
import type { Standing } from '../standing.ts'

/**
 * What a body says that can be true or not any more, as JSON. What moves with the clock alone is left out (`47 days ago`): the body says of
 * which day it is, and the same facts are not written again the day after.
 */
export function factsOf({ id, level, until, judged }: Standing): unknown {
  return [id, level, until, judged === null ? null : detailsOf(judged)]
}

/** The facts of what is in order: its next days. */
export function factsInOrder({ id, name, sinceIsExact, due, end }: Judged): unknown {
  return [id, name, sinceIsExact ? day(due) : null, day(end)]
}

/** The facts of what could not be looked at. */
export function factsOfNote({ message, place, hint }: CheckNote): unknown {
  return [steady(message), place?.file ?? null, hint ?? null]
}

const COUNT = /\b\d{1,9}(?= (?:second|minute|hour|day|week|month|year)s?\b)/g

function detailsOf({ rule, name, environment, place, message, advice, owners, ...dates }: Judged): unknown {
  // A bound moves: with every run of a shallow clone it may be another.
  const { since, sinceIsExact, due, end } = dates
  const days = sinceIsExact ? [day(since), day(due), day(end)] : []
  return [rule, name, environment, place?.file ?? null, steady(message), advice, owners, days]
}

function steady(message: string): string {
  return message.replace(COUNT, '#')
}

function day(date: Date | null): string | null {
  return date === null ? null : dayOf(date)
}
