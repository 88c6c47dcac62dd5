import { type CheckReport, LEVELS, type Level } from '../../check/judged.ts'
import { printRepositories } from '../../organisation/table.ts'
import { printCheckMarkdown } from '../../report/check/markdown.ts'
import { printItem } from '../item.ts'
import type { Standing } from '../standing.ts'
import { type Block, fitBlock } from './fit.ts'
import { callMarkdown, sayBy, sayOwners } from './words.ts'

export const DASHBOARD_TITLE = 'Sealward: secrets and certificates that are due'
export const ORGANISATION_TITLE = 'Sealward: secrets and certificates that are due in this organisation'

export interface DashboardParts {
  readonly standings: readonly Standing[]
  readonly report: CheckReport
  readonly mentions: boolean
  /** Characters that there is room for. */
  readonly room: number
  /** Of an organisation: how each repository stands comes before the rest. */
  readonly byRepository: boolean
}

const HEADS: Readonly<Record<Level, string>> = {
  overdue: 'Overdue',
  critical: 'Critical',
  late: 'Late',
  due: 'Due',
  ok: 'In order',
}
const HOW_TO =
  'Tick a line to be left alone about it for 30 days, or until it gets worse; then the date beside it can be changed. ' +
  'Closing the issue does so for all lines, without a date.\n\n'
/** Of the room. The lists remember, and the table explains. */
const LISTS = 0.65
/** Of what the lists leave, in the issue of an organisation. */
const REPOSITORIES = 0.7

/**
 * A list with boxes for each level, then the report as every rendering has it: table, picture and notes. What has no room is counted, the
 * least urgent first; `left` are those that no list has.
 */
export function printDashboard(parts: DashboardParts): { text: string; left: number } {
  const { standings, report, mentions, room } = parts
  let text = standings.length === 0 ? '' : HOW_TO
  let left = 0
  for (const block of blocksOf(standings, mentions)) {
    const fitted = fitBlock(block, room * LISTS - text.length)
    text += fitted.text
    left += fitted.left
  }
  if (left > 0) text += `${left} more have no line here. They are told of when they get worse than what has one.\n\n`
  if (parts.byRepository) text += `${printRepositories(report.judged, (room - text.length) * REPOSITORIES)}\n`
  return { text: `${text}${printCheckMarkdown(report, { pages: null, room: room - text.length })}`, left }
}

function blocksOf(standings: readonly Standing[], mentions: boolean): Block[] {
  const seen = standings.filter(({ judged }) => judged !== null)
  const active = seen.filter(({ until }) => until === null)
  const levels = LEVELS.toReversed().map((level) => ({
    title: HEADS[level],
    of: active.filter((one) => one.level === level),
  }))
  const parts = [
    ...levels,
    { title: 'Snoozed', of: seen.filter(({ until }) => until !== null) },
    { title: 'Not looked at this time', of: standings.filter(({ judged }) => judged === null) },
  ]
  return parts.map(({ title, of }) => ({ head: `### ${title}\n\n`, lines: of.map((one) => lineOf(one, mentions)) }))
}

function lineOf({ id, level, until, judged }: Standing, mentions: boolean): string {
  const box = { id, level, until, ticked: until !== null }
  if (judged === null) return printItem(box, `one that was ${level}`)
  const owners = judged.owners.length === 0 ? '' : `, ${sayOwners(judged.owners, mentions)}`
  return printItem(box, `${callMarkdown(judged)}${sayBy(judged)}${owners}`)
}
