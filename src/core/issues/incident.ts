import type { Judged } from '../check/judged.ts'
import { dayOf } from '../day.ts'
import { lockdownListPath } from '../lockdown/list.ts'
import type { LockdownPolicy } from '../policy/sections/lockdown.ts'
import { proseMarkdown } from '../report/check/prose-markdown.ts'
import { codeMarkdown } from '../report/scan/markdown-escape.ts'
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
}

/** What only people can know. Who ticks one finds it ticked. */
const STEPS = {
  branches:
    'The commit of the lockdown is on every branch that workflows run for: an older `sealward.yml` does not know of it.',
  keys: 'Nobody who may be concerned has a key that opens anything: `sealward lockdown -o FILE` or `sealward rotate key --emergency`, `sealward members remove`, and the secrets of Actions with the old key.',
  logs: 'The logs of the systems behind the secrets were looked at, back to the day since which each could be read.',
} as const

const MARKER = /^<!-- sealward:v1 incident=(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) hash=([0-9a-f]{16}) -->$/
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
  const over = own.filter((one) => one.since !== since && one.issue.state === 'open').map(closeIncident)
  if (lockdown === null) return over
  const there = own.filter((one) => one.since === since).sort(byRank)[0]
  const { title, body, hash } = printIncident(lockdown, report, there?.issue.body ?? '')
  if (there === undefined) return [...over, { do: 'create', id: `incident-${since}`, title, body, owners: [] }]
  const isCurrent = there.hash === hash || there.issue.state === 'closed'
  return isCurrent ? over : [...over, { do: 'update', issue: there.issue.number, body }]
}

/** Our label takes triage rights to set: a marker in an issue without it is somebody's joke. */
function readIncident(issue: ListedIssue): Incident[] {
  const [first = ''] = issue.body.slice(0, 200).split(/\r?\n/, 1)
  const [, since, hash] = MARKER.exec(first) ?? []
  const isOurs = since !== undefined && hash !== undefined && issue.labels.includes(OWN_LABEL.name)
  return isOurs ? [{ issue, since, hash }] : []
}

function closeIncident({ issue }: Incident): IssueAction {
  return { do: 'close', issue: issue.number, body: `${issue.body}\n\nThe lockdown was lifted.`, reason: 'completed' }
}

function byRank(one: Incident, other: Incident): number {
  return Number(isBot(other.issue.author)) - Number(isBot(one.issue.author)) || one.issue.number - other.issue.number
}

function printIncident(lockdown: LockdownPolicy, report: IssueReport, before: string) {
  const list = lockdownListPath(lockdown.since)
  const secrets = report.judged.filter(({ rule, place }) => rule === 'left-behind' && place?.file === list)
  const done = secrets.filter(({ level }) => level === 'ok').length
  const ticked = stepsTicked(before)
  const since = timeText(lockdown.since)
  const title = `Lockdown since ${since.slice(0, 16).replace('T', ' ')} UTC`
  const lines = secrets.map(lineOf)
  const hash = digest([FORMAT, lockdown.reason, lockdown.environments, lockdown.refs, lines], 16)
  const head = [
    `<!-- sealward:v1 incident=${since} hash=${hash} -->`,
    `As of ${dayOf(report.at)}: **locked down** since ${since}, because: ${proseMarkdown(lockdown.reason)}`,
    '',
    `- [x] The Action decrypts nothing${scopeOf(lockdown)}`,
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

function timeText(time: Date): string {
  return time.toISOString().replace('.000Z', 'Z')
}
