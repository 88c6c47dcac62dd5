import type { Expiry } from '../../expiry/expiry.ts'
import { amount } from '../../report/amount.ts'
import { type Band, type BandTerms, bandOf, DAY } from '../bands.ts'
import { type Judged, LEVELS } from '../judged.ts'
import { judged, type Subject } from '../subject.ts'

interface Weighed {
  readonly expiry: Expiry
  readonly band: Band
}

/**
 * Judges what was read out of one value (`readExpiries`). That is at most two findings, for a person renews a value and not its parts:
 * `expires`, about what is most urgent of all that has an end or never ends; `short-lived`, about a kind that has no business in a file.
 *
 * @returns nothing where nothing was read
 */
export function judgeExpiries(
  subject: Subject,
  expiries: readonly Expiry[],
  { terms, now }: { readonly terms: BandTerms; readonly now: Date },
): readonly Judged[] {
  const brief = expiries.find(({ lives }) => lives !== null)
  const weighed = expiries
    .filter(({ lives }) => lives === null)
    .map((expiry) => ({ expiry, band: bandOf(expiry, terms, now) }))
    .sort(byUrgency)
  const [worst] = weighed
  return [
    ...(worst === undefined ? [] : [judgeEnd(subject, worst, { others: weighed.length - 1, now })]),
    ...(brief === undefined ? [] : [judgeShortLived(subject, brief)]),
  ]
}

function judgeEnd(subject: Subject, { expiry, band }: Weighed, more: { others: number; now: Date }): Judged {
  const { what, notBefore, notAfter, advice } = expiry
  const others = `${amount(more.others, 'other end')} in the value ${more.others === 1 ? 'is' : 'are'} less urgent`
  return judged(subject, {
    rule: 'expires',
    level: band.level,
    message: `is ${what}, which ${wordsOf(notAfter, more.now)}`,
    since: notBefore,
    sinceIsExact: true,
    due: band.due,
    end: notAfter,
    reasons: ['the date is read out of the value itself', band.because, ...(more.others > 0 ? [others] : [])],
    advice,
  })
}

/** Such a thing was dead before this was read, or is about to be. */
function judgeShortLived(subject: Subject, { what, lives, advice }: Expiry): Judged {
  return judged(subject, {
    rule: 'short-lived',
    level: 'overdue',
    message: `is ${what}, which lives ${lives} and does not belong into a file that is kept`,
    since: null,
    sinceIsExact: false,
    due: null,
    end: null,
    reasons: ['a value of this kind ends before the file is read again'],
    advice,
  })
}

function wordsOf(end: Date | null, now: Date): string {
  if (end === null) return 'never ends'
  const left = end.getTime() - now.getTime()
  const days = amount(Math.floor(Math.abs(left) / DAY), 'day')
  if (left <= 0) return Math.abs(left) < DAY ? 'ended today' : `ended ${days} ago`
  return left < DAY ? 'ends within a day' : `ends in ${days}`
}

function byUrgency(one: Weighed, other: Weighed): number {
  return LEVELS.indexOf(other.band.level) - LEVELS.indexOf(one.band.level) || endOf(one) - endOf(other)
}

/** Finite, or two that never end had no order. */
function endOf({ expiry }: Weighed): number {
  return expiry.notAfter?.getTime() ?? Number.MAX_SAFE_INTEGER
}
