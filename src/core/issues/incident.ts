import type { Judged } from '../check/judged.ts'
import { dayOf } from '../day.ts'
import { lockdownListPath } from '../lockdown/list.ts'
import type { LockdownPolicy } from '../policy/sections/lockdown.ts'
import { proseMarkdown } from '../report/check/prose-markdown.ts'
import { codeMarkdown } from '../report/scan/markdown/markdown-escape.ts'
import type { IssueAction } from './action.ts'
import { fitBlock, MOST_CHARACTERS } from './body/fit.ts'
import { callMarkdown } from './body/words.ts'
import { digest } from './digest.ts'
import { isBot, type ListedIssue } from './own.ts'
import type { IssueReport } from './report.ts'
import { OWN_LABEL } from './settings.ts'

/** An issue about a lockdown, as its first line says. */
interface Incident {
  readonly issue: ListedIssue
  readonly since: string
  readonly hash: string
  /** Whether whoever locked down opened it: the commit may not be where runs see it. */
  readonly isAhead: boolean
}

/** What is to be done about one lockdown alone. */
export interface IncidentPlan {
  readonly actions: readonly IssueAction[]
  /** The number of its issue; null while there is none. */
  readonly shown: number | null
}

/** What only people can know. Who ticks one finds it ticked. */
const STEPS = {
  branches:
    'The commit of the lockdown is on every branch that workflows run for: an older `sealward.yml` does not know of it.',
  keys: 'Nobody who may be concerned has a key that opens anything: `sealward lockdown -o FILE` or `sealward rotate key --emergency`, `sealward members remove`, and the secrets of Actions with the old key.',
  logs: 'The logs of the systems behind the secrets were looked at, back to the day since which each could be read.',
} as const

const MARKER = /^<!-- sealward:v1 incident=(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) hash=([0-9a-f]{16})( ahead)? -->$/
const STEP = /^- \[[xX]\] .*<!-- sealward:step (\w{1,20}) -->\s*$/
const FORMAT = 1
const TAIL_ROOM = 2000

/**
 * What is to be done so that there is an issue for a lockdown, with a list that ticks itself as secrets get other values. It is closed when
 * the lockdown is lifted; who closes it before has it closed.
 *
 * @param report with the names that may be shown; nothing is done where it does not know of lockdowns
 */
export function planIncident(listed: readonly ListedIssue[], report: IssueReport): IssueAction[] {
  const { lockdown } = report
  if (lockdown === undefined) return []
  const own = listed.flatMap(readIncident)
  const since = lockdown === null ? null : timeText(lockdown.since)
  const over = own.filter((one) => one.since !== since && isOver(one, report)).map(closeIncident)
  if (lockdown === null) return over
  const there = incidentOf(own, lockdown.since)
  const { title, body, hash } = printIncident(lockdown, report, { before: there?.issue.body ?? '', isAhead: false })
  if (there === undefined) return [...over, { do: 'create', id: idOf(lockdown.since), title, body, owners: [] }]
  const isCurrent = (there.hash === hash && !there.isAhead) || there.issue.state === 'closed'
  return isCurrent ? over : [...over, { do: 'update', issue: there.issue.number, body }]
}

/**
 * What is to be done so that there is an issue for a lockdown that nobody has pushed yet. Its marker says so: a run that sees an older
 * sealward.yml does not take the lockdown for lifted. Other lockdowns are left alone, which this working tree need not know of.
 *
 * @param report with the names that may be shown
 */
export function planIncidentAhead(listed: readonly ListedIssue[], report: IssueReport): IncidentPlan {
  const { lockdown } = report
  if (lockdown == null) return { actions: [], shown: null }
  const there = incidentOf(listed.flatMap(readIncident), lockdown.since)
  if (there !== undefined) return { actions: [], shown: there.issue.number }
  const { title, body } = printIncident(lockdown, report, { before: '', isAhead: true })
  return { actions: [{ do: 'create', id: idOf(lockdown.since), title, body, owners: [] }], shown: null }
}

/** What is to be done about the issue of the lockdown since this moment, which was just lifted: nobody waits for the push. */
export function planIncidentOver(listed: readonly ListedIssue[], since: Date): IncidentPlan {
  const own = listed.flatMap(readIncident).filter(({ issue }) => issue.state === 'open')
  const over = own.filter((one) => one.since === timeText(since)).sort(byRank)
  return { actions: over.map(closeIncident), shown: over[0]?.issue.number ?? null }
}

/** Our label takes triage rights to set: a marker in an issue without it is somebody's joke. */
function readIncident(issue: ListedIssue): Incident[] {
  const [first = ''] = issue.body.slice(0, 200).split(/\r?\n/, 1)
  const [, since, hash, ahead] = MARKER.exec(first) ?? []
  if (since === undefined || hash === undefined || Number.isNaN(Date.parse(since))) return []
  return issue.labels.includes(OWN_LABEL.name) ? [{ issue, since, hash, isAhead: ahead !== undefined }] : []
}

function incidentOf(own: readonly Incident[], since: Date): Incident | undefined {
  return own.filter((one) => one.since === timeText(since)).sort(byRank)[0]
}

/** What was opened ahead is over where its list is, which stays when a lockdown is lifted: elsewhere it has not arrived yet. */
function isOver({ issue, since, isAhead }: Incident, { judged }: IssueReport): boolean {
  const list = lockdownListPath(new Date(since))
  return issue.state === 'open' && (!isAhead || judged.some(({ place }) => place?.file === list))
}

function closeIncident({ issue }: Incident): IssueAction {
  return { do: 'close', issue: issue.number, body: `${issue.body}\n\nThe lockdown was lifted.`, reason: 'completed' }
}

function byRank(one: Incident, other: Incident): number {
  return Number(isBot(other.issue.author)) - Number(isBot(one.issue.author)) || one.issue.number - other.issue.number
}

function printIncident(
  lockdown: LockdownPolicy,
  report: IssueReport,
  { before, isAhead }: { readonly before: string; readonly isAhead: boolean },
) {
  const list = lockdownListPath(lockdown.since)
  const secrets = report.judged.filter(({ rule, place }) => rule === 'left-behind' && place?.file === list)
  const done = secrets.filter(({ level }) => level === 'ok').length
  const ticked = stepsTicked(before)
  const since = timeText(lockdown.since)
  const title = `Lockdown since ${since.slice(0, 16).replace('T', ' ')} UTC`
  const lines = secrets.map(lineOf)
  const hash = digest([FORMAT, lockdown.reason, lockdown.environments, lockdown.refs, lines], 16)
  const head = [
    `<!-- sealward:v1 incident=${since} hash=${hash}${isAhead ? ' ahead' : ''} -->`,
    `As of ${dayOf(report.at)}: **locked down** since ${since}, because: ${proseMarkdown(lockdown.reason)}`,
    '',
    `- [${isAhead ? ' ' : 'x'}] The Action decrypts nothing${scopeOf(lockdown)}`,
    ...Object.entries(STEPS).map(
      ([id, text]) => `- [${ticked.has(id) ? 'x' : ' '}] ${text} <!-- sealward:step ${id} -->`,
    ),
    '- [ ] `sealward lockdown --lift --reason TEXT` is committed: this issue closes itself then.',
    '',
  ].join('\n')
  const block = { head: `Secrets to rotate, the most exposed first; ${done} of ${lines.length} are done:\n\n`, lines }
  const { text, left } = fitBlock(block, MOST_CHARACTERS - TAIL_ROOM - head.length)
  const more = left === 0 ? '' : `... and ${left} more, in ${codeMarkdown(list)}\n`
  return { title, hash, body: `${head}\n${text}${more}` }
}

function lineOf(judged: Judged): string {
  return `- [${judged.level === 'ok' ? 'x' : ' '}] ${callMarkdown({ ...judged, place: null })}: ${proseMarkdown(judged.message)}`
}

function scopeOf({ environments, refs }: LockdownPolicy): string {
  const words = (what: string, list: readonly string[] | null) =>
    list === null ? [] : [`${what} ${list.map(codeMarkdown).join(', ')}`]
  const scope = [...words('of', environments), ...words('in runs of', refs)]
  return scope.length === 0 ? '.' : ` ${scope.join(' ')}.`
}

function stepsTicked(body: string): ReadonlySet<string> {
  const lines = body.slice(0, MOST_CHARACTERS).split('\n')
  return new Set(lines.flatMap((line) => (line.length > 1000 ? null : STEP.exec(line)?.[1]) ?? []))
}

function idOf(since: Date): string {
  return `incident-${timeText(since)}`
}

function timeText(time: Date): string {
  return time.toISOString().replace('.000Z', 'Z')
}
