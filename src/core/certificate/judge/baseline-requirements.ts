import type { Judged } from '../../check/judged.ts'
import { findingOn, type Subject } from './subject.ts'

const DAY = 24 * 60 * 60 * 1000

/** The longest validity in days by the day of issue: the Baseline Requirements, section 6.3.2; before March 2018 it was in months. */
const LIMITS = [
  { from: Date.UTC(2029, 2, 15), days: 47 },
  { from: Date.UTC(2027, 2, 15), days: 100 },
  { from: Date.UTC(2026, 2, 15), days: 200 },
  { from: Date.UTC(2020, 8, 1), days: 398 },
  { from: Date.UTC(2018, 2, 1), days: 825 },
]

/**
 * Judges a validity that browsers refuse. Only certificates of public trust are bound by it. They are known by the timestamps of
 * transparency logs that they carry: browsers ask for them, and private authorities do not log. One whose timestamps come with the handshake
 * instead is not recognised.
 */
export function judgeValidityPeriod(leaf: Subject): Judged[] {
  const { isLogged, isAuthority, notBefore, notAfter } = leaf.certificate
  const limit = LIMITS.find(({ from }) => notBefore.getTime() >= from)
  if (!isLogged || isAuthority || limit === undefined) return []
  // Both ends belong to the period (RFC 5280 section 4.1.2.5): one that ends on 23:59:59 lasts a second longer than the difference.
  const length = notAfter === null ? Number.POSITIVE_INFINITY : notAfter.getTime() - notBefore.getTime() + 1000
  if (length <= limit.days * DAY) return []
  return [
    findingOn(leaf, {
      rule: 'certificate-validity-period',
      level: 'late',
      message: `is valid for longer than the ${limit.days} days that were allowed on the day of its issue`,
      reasons: ['it carries timestamps of transparency logs, so it counts as publicly trusted'],
      advice: 'Issue it again for a shorter time: browsers refuse this one.',
    }),
  ]
}
