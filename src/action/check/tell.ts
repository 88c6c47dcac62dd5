import { sayHeartbeat } from '../../core/check/heartbeat.ts'
import { type CheckReport, countLevels } from '../../core/check/judged.ts'
import type { ErrorCode } from '../../core/errors.ts'
import { digest } from '../../core/issues/digest.ts'
import type { IssueReport } from '../../core/issues/report.ts'
import { workflowFileOf } from '../../core/job/event-repository.ts'
import { isForPullRequest, whyNotForRepository } from '../../core/job/issue-run.ts'
import { takePulse } from '../../tasks/steps/github/heartbeat.ts'
import { type IssuesOutcome, keepIssues } from '../../tasks/steps/github/issues.ts'
import { notify } from '../../tasks/steps/github/notify.ts'
import { repositoryPage } from '../repository-page.ts'
import type { Runner } from '../world.ts'
import type { CheckSettings } from './settings.ts'
import type { ActionCheckWorld } from './world.ts'

interface Around {
  readonly settings: CheckSettings
  readonly world: ActionCheckWorld
  readonly runner: Runner
}

/** What the next run may find mended without anybody's doing. */
const PASSING: readonly ErrorCode[] = ['rate-limited', 'unavailable']

/**
 * Keeps the issues, where this run may speak for the repository.
 *
 * @param report with full names
 * @returns null where it may not, or nobody wants issues
 * @throws SealwardError usage without a token
 */
export async function tellIssues(
  report: IssueReport,
  { settings, world, runner }: Around,
): Promise<IssuesOutcome | null> {
  const kept = await keepThem(report, { settings, world, runner })
  tellKept(kept, runner)
  return kept
}

/** Tells the runner what became of the issues; null for nothing. */
export function tellKept(kept: IssuesOutcome | null, runner: Runner): void {
  const { number, url } = kept?.shown ?? { number: '', url: '' }
  runner.set({
    outputs: [
      ['issue-number', String(number)],
      ['issue-url', url],
    ],
    environment: [],
  })
  if (kept === null) return
  const done = Object.entries(kept.written).flatMap(([what, count]) => (count === 0 ? [] : [`${count} ${what}`]))
  if (kept.kind === 'done') runner.say(`sealward: issues: ${done.join(', ') || 'nothing to write'}`)
  if (kept.postponed > 0) runner.say(`sealward: issues: ${kept.postponed} more are for the next run`)
  for (const { code, message, hint } of kept.problems)
    runner.annotate('warning', `issues: ${message} [${code}]${hint === null ? '' : `\n${hint}`}`, { title: 'sealward' })
}

async function keepThem(report: IssueReport, { settings, world, runner }: Around): Promise<IssuesOutcome | null> {
  if (settings.issues.mode === 'off') return null
  const why = whyNotForRepository(world.facts, world.repository)
  if (why === null) return keepIssues(report, settings.issues, world.github.issues())
  runner.say(`sealward: issues are left alone: ${why}`)
  return null
}

/** Whether GitHub refused for good, so that somebody has to do something. */
export function isRefused(kept: IssuesOutcome | null): boolean {
  return kept?.kind === 'stopped' && kept.problems.some(({ code }) => !PASSING.includes(code))
}

/**
 * Tells the receivers that sealward.yml names, where this run may speak for the repository, when there is news. The issues know what is
 * news; where there are none, everything that has to be done is.
 */
export async function tellReceivers(
  report: CheckReport,
  kept: IssuesOutcome | null,
  { settings, world, runner }: Around,
): Promise<void> {
  if (whyNotForRepository(world.facts, world.repository) !== null || !isNews(report, kept)) return
  const news = {
    report,
    repository: world.facts.repository.name ?? '',
    issue: kept?.shown?.url ?? null,
    run: runPage(),
  }
  const { GITHUB_RUN_ID: run, GITHUB_RUN_ATTEMPT: attempt, GITHUB_ACTION: step } = process.env
  const id = `msg_${digest([news.repository, run, attempt, step], 32)}`
  const { sent, problems } = await notify({ notify: settings.notify, news, id }, world)
  for (const variable of sent) runner.say(`sealward: the receiver of ${variable} was told`)
  for (const problem of problems) runner.annotate('warning', `notification: ${problem}`, { title: 'sealward' })
}

function isNews({ judged }: CheckReport, kept: IssuesOutcome | null): boolean {
  const { overdue, due } = countLevels(judged)
  if (kept?.kind !== 'done') return overdue + due > 0
  const { created, commented, reopened } = kept.written
  return created + commented + reopened > 0
}

/** Warns in a pull request when the schedule of this workflow is silent. */
export async function tellHeartbeat(now: Date, { settings, world, runner }: Around): Promise<void> {
  const workflow = workflowFileOf(process.env.GITHUB_WORKFLOW_REF)
  if (settings.heartbeat === null || workflow === null || !isForPullRequest(world.facts)) return
  const pulse = await takePulse({ workflow, most: settings.heartbeat, now }, world.github.runs)
  const text = pulse.kind === 'unknown' ? null : sayHeartbeat(pulse, workflow)
  if (pulse.kind === 'unknown') runner.annotate('notice', `heartbeat: not known: ${pulse.why}`, { title: 'sealward' })
  else if (text !== null)
    runner.annotate(pulse.kind === 'silent' ? 'warning' : 'notice', `heartbeat: ${text}`, { title: 'sealward' })
}

function runPage(): string | null {
  const page = repositoryPage(process.env)
  const { GITHUB_RUN_ID: run = '' } = process.env
  return page === null || !/^\d{1,16}$/.test(run) ? null : `${page}/actions/runs/${run}`
}
