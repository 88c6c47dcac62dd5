import { dayOf } from '../../day.ts'
import { amount } from '../../report/amount.ts'
import { bandOf, DAY } from '../bands.ts'
import type { Judged } from '../judged.ts'
import { judged, type Subject } from '../subject.ts'
import { type AgeTerms, judgeAge } from './age.ts'
import type { ValueAge } from './value-age.ts'

/** What the issuer of a secret says of it. */
export interface IssuerWord {
  readonly state: 'live' | 'dead' | 'unknown'
  /** Null: never. Absent where the issuer does not say. */
  readonly expires?: Date | null
  /** When it was made. */
  readonly issued?: Date
}

export interface IssuerTerms extends AgeTerms {
  /** How long before an end warning begins, in days. */
  readonly warnExpiry: number
}

interface Weighing {
  readonly terms: IssuerTerms
  /** As history has it; null where it says nothing. */
  readonly age: ValueAge | null
  readonly now: Date
}

/**
 * Judges what an issuer says of a secret: that it is refused, when it ends, and how old it is, where history does not know that better.
 *
 * @returns nothing where the issuer says nothing
 */
export function judgeByIssuer(subject: Subject, word: IssuerWord, { terms, age, now }: Weighing): readonly Judged[] {
  if (word.state === 'dead') return [refused(subject)]
  const { expires, issued } = word
  return [
    ...(expires === undefined ? [] : [ends(subject, { expires, issued: issued ?? null }, { terms, now })]),
    ...(issued === undefined || !isNews(issued, age) ? [] : madeLongAgo(subject, issued, { terms, now })),
  ]
}

function refused(subject: Subject): Judged {
  return judged(subject, {
    rule: 'refused',
    level: 'overdue',
    message: 'is refused by its issuer: it does not work any more',
    since: null,
    sinceIsExact: false,
    due: null,
    end: null,
    reasons: ['its issuer was asked, as sealward.yml says (check.probes)'],
    advice: 'Replace it, or take it out if nothing needs it.',
  })
}

function ends(
  subject: Subject,
  { expires, issued }: { readonly expires: Date | null; readonly issued: Date | null },
  { terms, now }: Omit<Weighing, 'age'>,
): Judged {
  const band = bandOf({ notBefore: issued, notAfter: expires }, { warn: terms.warnExpiry, floor: null }, now)
  const isOver = expires !== null && expires <= now
  const when = expires === null ? 'never ends' : `${isOver ? 'ended' : 'ends'} on ${dayOf(expires)}`
  return judged(subject, {
    rule: 'issuer-end',
    level: band.level,
    message: `${when}, as its issuer says`,
    since: issued,
    sinceIsExact: true,
    due: band.due,
    end: expires,
    reasons: ['its issuer was asked, as sealward.yml says (check.probes)', band.because],
    advice: expires === null ? 'Make one that ends, where its issuer can.' : 'Replace it before that day.',
  })
}

/** What was put into a file on the day it was made is as old as history says. */
function isNews(issued: Date, age: ValueAge | null): boolean {
  return age === null || !age.isExact || (age.before ?? age.since).getTime() - issued.getTime() > DAY
}

function madeLongAgo(subject: Subject, issued: Date, { terms, now }: Omit<Weighing, 'age'>): readonly Judged[] {
  const aged = judgeAge(subject, { since: issued, isExact: true, before: null }, { terms, now })
  if (aged === null) return []
  const days = amount(Math.max(0, Math.floor((now.getTime() - issued.getTime()) / DAY)), 'day')
  const message = `was made ${days} ago, as its issuer says; every ${terms.rotateEvery} is asked`
  const { level, since, sinceIsExact, due, end, reasons, advice } = aged
  return [judged(subject, { rule: 'issuer-age', level, message, since, sinceIsExact, due, end, reasons, advice })]
}
