import type { Life } from '../expiry/expiry.ts'
import type { Level } from './judged.ts'

/** What of the policy counts where something ends by itself, in days. */
export interface BandTerms {
  /** How long before the end warning begins, where no start is known. */
  readonly warn: number
  /** Warning begins at least so long before the end, however short that is of the whole life; null for no such floor. */
  readonly floor: number | null
}

/** Where a moment falls in a life, and from when on the thing should be renewed. */
export interface Band {
  readonly level: Level
  /** Null for what never ends. */
  readonly due: Date | null
  /** By what the bands were set, in words: for `reasons`. */
  readonly because: string
}

interface Moments {
  readonly due: number
  readonly late: number
  readonly critical: number
}

export const DAY = 24 * 60 * 60 * 1000
/** Below it half of the life is left for a renewal, as Let's Encrypt and certbot have it; above it a third. */
const SHORT_LIFE = 10 * DAY

/**
 * Judges a life by how much of it is over, because a fixed number of days is wrong for one of 6 days and for one of 10 years. From two
 * thirds on it is due (from half, below ten days), from five sixths late, from eleven twelfths or in the last day critical.
 *
 * Without a start there are no fractions: due `warn` days before the end, late for the last half of these, critical for the last quarter.
 */
export function bandOf({ notBefore, notAfter }: Life, { warn, floor }: BandTerms, now: Date): Band {
  if (notAfter === null) return { level: 'ok', due: null, because: 'it never ends' }
  const end = notAfter.getTime()
  const start = notBefore !== null && notBefore.getTime() < end ? notBefore.getTime() : null
  const moments = ordered(start === null ? byDays(end, warn) : byFraction(start, end), end, floor)
  const because =
    start === null
      ? `its start is not known, so warning begins ${warn} days before its end`
      : `warning begins when ${end - start < SHORT_LIFE ? 'half' : 'two thirds'} of its life is over`
  return { level: levelAt(now.getTime(), moments, end), due: new Date(moments.due), because }
}

function byFraction(start: number, end: number): Moments {
  const life = end - start
  const left = life < SHORT_LIFE ? life / 2 : life / 3
  return { due: end - left, late: end - life / 6, critical: end - life / 12 }
}

function byDays(end: number, warn: number): Moments {
  return { due: end - warn * DAY, late: end - (warn * DAY) / 2, critical: end - (warn * DAY) / 4 }
}

/** The last day is always critical, and no band begins before a milder one. */
function ordered(moments: Moments, end: number, floor: number | null): Moments {
  const critical = Math.min(moments.critical, end - DAY)
  const late = Math.min(moments.late, critical)
  const due = Math.min(moments.due, late, end - (floor ?? 0) * DAY)
  return { due, late, critical }
}

function levelAt(now: number, { due, late, critical }: Moments, end: number): Level {
  if (now >= end) return 'overdue'
  if (now >= critical) return 'critical'
  if (now >= late) return 'late'
  return now >= due ? 'due' : 'ok'
}
