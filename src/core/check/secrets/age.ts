import { amount } from '../../report/amount.ts'
import { DAY } from '../bands.ts'
import type { Judged, Level } from '../judged.ts'
import { judged, type Subject } from '../subject.ts'
import type { ValueAge } from './value-age.ts'

/** What of the policy counts for the age of a secret, in days: a part of `SecretTerms`. */
export interface AgeTerms {
  /** Null where nothing asks for a change. */
  readonly rotateEvery: number | null
  readonly warn: number
  readonly grace: number
  readonly decidedBy: { readonly rotateEvery: string }
}

/**
 * Judges the age of a value against `rotate-every`: due from `warn` days before its day, late from that day, overdue `grace` days after.
 * A value that came back after another had its place is as old as when it was first there. A change in the future (a clock that was wrong) counts as one of today.
 *
 * @returns null where nothing asks for a change
 */
export function judgeAge(
  subject: Subject,
  { since: last, isExact, before }: Pick<ValueAge, 'since' | 'isExact' | 'before'>,
  { terms, now }: { readonly terms: AgeTerms; readonly now: Date },
): Judged | null {
  const { rotateEvery, warn, grace, decidedBy } = terms
  if (rotateEvery === null) return null
  const since = before ?? last
  const day = since.getTime() + rotateEvery * DAY
  const [due, overdue] = [day - warn * DAY, day + grace * DAY]
  const age = Math.max(0, Math.floor((now.getTime() - since.getTime()) / DAY))
  return judged(subject, {
    rule: 'rotate-every',
    level: levelAt(now.getTime(), { due, day, overdue }),
    message: `was last changed ${isExact ? '' : 'at least '}${amount(age, 'day')} ago; every ${rotateEvery} is asked`,
    since,
    sinceIsExact: isExact,
    due: new Date(day),
    end: new Date(overdue),
    reasons: [
      `rotate-every: ${decidedBy.rotateEvery}`,
      `warned ${amount(warn, 'day')} before; overdue ${amount(grace, 'day')} after`,
    ],
    advice: 'Rotate it.',
  })
}

function levelAt(now: number, { due, day, overdue }: Readonly<Record<'due' | 'day' | 'overdue', number>>): Level {
  if (now >= overdue) return 'overdue'
  if (now >= day) return 'late'
  return now >= due ? 'due' : 'ok'
}
