import type { IssueAction } from './action.ts'
import { printDuplicate } from './body/comment.ts'
import { printMoved } from './body/moved.ts'
import { reportForIssues } from './hidden.ts'
import { planIncident } from './incident.ts'
import { DASHBOARD, ORGANISATION } from './marker.ts'
import { type ListedIssue, type OwnIssue, type OwnIssues, ownIssues } from './own.ts'
import { planIssue } from './plan-issue.ts'
import type { IssueReport } from './report.ts'
import type { IssueSettings } from './settings.ts'
import { standingsOf } from './standing.ts'
import { isComplete, wantedIssues } from './wanted.ts'

export interface PlanRequest {
  /** As listed by our label, open and closed, oldest first. */
  readonly listed: readonly ListedIssue[]
  /** With full names; its day is today. */
  readonly report: IssueReport
  readonly settings: IssueSettings
}

export interface IssuePlan {
  /** In the order in which they are done: what is most urgent first. */
  readonly actions: readonly IssueAction[]
  /** How many new issues wait for the next run. */
  readonly postponed: number
  /** The number of the issue to show: the dashboard, or that of what is most urgent; null while there is none. */
  readonly shown: number | null
}

/** More in one run would be a flood: whoever begins with a thousand findings wants the dashboard. */
const MOST_NEW = 20

/**
 * What is to be done so that the issues say what the report says, as a careful person would do it; nothing at all when they say it already,
 * and when issues are off.
 */
export function planIssues({ listed, report: full, settings }: PlanRequest): IssuePlan {
  if (settings.mode === 'off') return { actions: [], postponed: 0, shown: null }
  const report = reportForIssues(full, settings.names)
  const own = ownIssues(listed)
  const moment = { now: report.at, isSettled: full.isSettled ?? (() => isComplete(report)) }
  const wanted = wantedIssues(report, settings.mode, own.kept.keys())
  const planned = wanted.flatMap((one) => {
    const there = own.kept.get(one.id) ?? null
    return planIssue({ wanted: one, standings: standingsOf(one, there, moment), report, settings }, there)
  })
  const created = planned.filter((action) => action.do === 'create')
  const late = new Set(created.slice(MOST_NEW))
  return {
    actions: [
      ...planIncident(listed, { ...full, ...report }),
      ...planned.filter((action) => !late.has(action as never)),
      ...merges(own),
      ...moves(own, settings),
    ],
    postponed: late.size,
    shown: wanted.map(({ id }) => own.kept.get(id)).find((one) => one !== undefined)?.issue.number ?? null,
  }
}

/** The oldest stays. */
function merges({ duplicates }: OwnIssues): IssueAction[] {
  return duplicates.flatMap(({ issue, of }) => [
    { do: 'comment', issue: issue.number, ...printDuplicate(of) },
    { do: 'close', issue: issue.number, reason: 'duplicate' },
  ])
}

/** What the other mode left open: its findings are told elsewhere now. An organisation's are not this repository's. */
function moves({ kept }: OwnIssues, { mode }: IssueSettings): IssueAction[] {
  if (mode === 'organisation') return []
  const isOther = ({ issue, marker }: OwnIssue) =>
    issue.state === 'open' &&
    marker.level !== 'ok' &&
    marker.id !== ORGANISATION &&
    (marker.id === DASHBOARD) !== (mode === 'dashboard')
  return [...kept.values()].filter(isOther).map(({ issue, marker }) => ({
    do: 'close',
    issue: issue.number,
    body: printMoved(marker),
    reason: 'not_planned',
  }))
}
