import { type Band, bandOf, DAY } from '../../check/bands.ts'
import type { Judged } from '../../check/judged.ts'
import { dayOf } from '../../day.ts'
import { amount } from '../../report/amount.ts'
import type { Certificate } from '../certificate.ts'
import type { RevocationList } from '../revocation-list.ts'
import type { CertificateQuestion } from './question.ts'
import { findingOn, type Subject } from './subject.ts'

type Terms = Pick<CertificateQuestion, 'floorDays' | 'warnDays'>

/** @returns where a certificate is in its life */
export function lifetimeOf(certificate: Certificate, { floorDays, warnDays }: Terms, now: Date): Band {
  return bandOf(certificate, { warn: warnDays, floor: floorDays }, now)
}

/** Judges how much of its life is over: the one verdict that every certificate gets, also when it is `ok`. */
export function judgeLifetime(subject: Subject, now: Date): Judged[] {
  const { certificate, question } = subject
  const { level, due, because } = lifetimeOf(certificate, question, now)
  const lifetime = findingOn(subject, {
    rule: 'certificate-lifetime',
    ...{ level, due },
    message: wordsFor(certificate.notAfter, now),
    reasons: [because],
    advice: 'Renew it, and put the new one where the old one is in use.',
  })
  return now < certificate.notBefore ? [lifetime, notYetValid(subject)] : [lifetime]
}

function notYetValid(subject: Subject): Judged {
  const day = dayOf(subject.certificate.notBefore)
  return findingOn(subject, {
    rule: 'certificate-not-yet-valid',
    level: 'late',
    message: `is not valid before ${day}, and clients refuse it until then`,
    advice: 'Use it from that day on, or look at the clock of its issuer.',
  })
}

/**
 * Revocation lists of hours or a few days are replaced by machines at the last moment, so only those of ten days and more have bands. A
 * shorter one is fresh or it is not.
 */
export function levelOfList(
  { thisUpdate, nextUpdate }: RevocationList,
  { warnDays }: Terms,
  now: Date,
): Pick<Band, 'level' | 'due'> {
  if (nextUpdate === null) return { level: 'due', due: null }
  const life = nextUpdate.getTime() - thisUpdate.getTime()
  if (life < SHORT_LIST) return { level: now < nextUpdate ? 'ok' : 'overdue', due: nextUpdate }
  return bandOf({ notBefore: thisUpdate, notAfter: nextUpdate }, { warn: warnDays, floor: null }, now)
}

const SHORT_LIST = 10 * DAY

function wordsFor(end: Date | null, now: Date): string {
  if (end === null) return 'is valid without an end'
  const day = dayOf(end)
  const left = end.getTime() - now.getTime()
  const days = amount(Math.floor(Math.abs(left) / DAY), 'day')
  if (left <= 0)
    return Math.abs(left) < DAY ? `expired on ${day}, less than a day ago` : `expired on ${day}, ${days} ago`
  return left < DAY ? `expires on ${day}, within a day` : `expires on ${day}, in ${days}`
}
