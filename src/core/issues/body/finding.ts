import type { Judged } from '../../check/judged.ts'
import { dayOf } from '../../day.ts'
import { printJudgedMarkdown } from '../../report/check/markdown.ts'
import { printItem } from '../item.ts'
import type { Standing } from '../standing.ts'
import { callMarkdown, callPlain, plain, sayOwners } from './words.ts'

const SNOOZE = 'Leave it alone for 30 days, or until it gets worse'

export interface FindingManner {
  readonly at: Date
  readonly mentions: boolean
}

/** @returns a title that stays as long as the thing is called the same */
export function titleOfFinding(judged: Judged): string {
  return `${callPlain(judged)} needs attention (${plain(judged.rule)})`
}

/** An issue about one thing that is not in order. */
export function printFinding({ id, level, until, judged }: Standing, { at, mentions }: FindingManner): string {
  const box = printItem({ id, level, until, ticked: until !== null }, until === null ? SNOOZE : 'Left alone')
  if (judged === null) return `It could not be looked at this time; before, it was **${level}**.\n\n${box}\n`
  const told = mentions && judged.owners.length > 0 ? `cc ${sayOwners(judged.owners, true)}\n\n` : ''
  return `${printJudgedMarkdown(judged, at, null)}\n${told}${box}\n`
}

/** The same issue when there is nothing left to do. */
export function printDone(judged: Judged | null): string {
  if (judged === null) return 'What this was about is not there any more.\n'
  const { due, end } = judged
  const next = due ?? end
  return `${callMarkdown(judged)} is in order${next === null ? '' : `; next due ${dayOf(next)}`}.\n`
}
