import { idOf } from '../../../src/core/check/identity.ts'
import type { Judged, Level } from '../../../src/core/check/judged.ts'

/** A secret of the simulated year, and how long its owner takes once it is due. */
export interface YearSecret {
  readonly name: string
  readonly owner: string
  readonly every: number
  /** The day of the year of its last change, which may lie before it. */
  since: number
  /** Days from `due` until somebody changes it. */
  delay: number
}

const DAY = 86_400_000
const START = Date.UTC(2027, 0, 1)
const WARN = 14
const GRACE = 14

/** A day of the year, from 0, at the hour of the schedule. */
export function dateOf(day: number, hour = 6): Date {
  return new Date(START + day * DAY + hour * 3_600_000)
}

/** The plain way to judge an age: `due` two weeks before its day, `late` from it, `overdue` two weeks after. */
export function levelOn(day: number, { since, every }: YearSecret): Level {
  const left = since + every - day
  if (left > WARN) return 'ok'
  if (left > 0) return 'due'
  return left > -GRACE ? 'late' : 'overdue'
}

/** Whether its owner changes it on this day. */
export function isChangedOn(day: number, { since, every, delay }: YearSecret): boolean {
  return day >= since + every - WARN + delay
}

/** What `check` says of it on a day. */
export function judgedOn(day: number, secret: YearSecret): Judged {
  const { name, owner, since, every } = secret
  const place = { file: '.env.production', line: 1 + (day % 7) }
  const about = { kind: 'secret', rule: 'rotate-every', name, place } as const
  return {
    ...about,
    id: idOf(about),
    level: levelOn(day, secret),
    environment: 'production',
    message: `was last changed ${day - since} days ago; every ${every} is asked`,
    since: dateOf(since),
    sinceIsExact: true,
    due: dateOf(since + every),
    end: null,
    owners: [owner],
    reasons: ['the default for production'],
    advice: 'change it where it is used',
  }
}

/** The same numbers on every machine and in every run. @returns a whole number below `below` */
export function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
