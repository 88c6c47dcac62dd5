import { failsCheck } from '../../core/check/fail-on.ts'
import { issueSettings } from '../../core/issues/settings.ts'
import { whyNotForRepository } from '../../core/job/issue-run.ts'
import { type Joined, joinShards } from '../../core/organisation/join.ts'
import type { OrganisationPlan } from '../../core/organisation/plan.ts'
import { printRepositories } from '../../core/organisation/table.ts'
import { checkOutputs } from '../../core/report/check/job/outputs.ts'
import { printCheckJson } from '../../core/report/check/json.ts'
import { printCheckMarkdown, SUMMARY_ROOM } from '../../core/report/check/markdown.ts'
import { sayVerdict } from '../../core/report/check/words.ts'
import { VERSION } from '../../core/version.ts'
import { type IssuesOutcome, keepIssues } from '../../tasks/steps/github/issues.ts'
import { isRefused, tellKept } from '../check/tell.ts'
import type { Runner } from '../world.ts'
import type { OrganisationInputs } from './inputs.ts'
import type { OrganisationWorld } from './world.ts'

/** Of the summary. The findings one by one need most of it. */
const TABLE_ROOM = 150_000

/** Joins what the jobs found out, and keeps the issue. What was judged is told before GitHub is asked. @returns the exit status */
export async function dashboardPart(
  { failOn, summary }: OrganisationInputs,
  world: OrganisationWorld,
  runner: Runner,
): Promise<number> {
  const plan = await world.readPlan()
  const joined = joinShards(plan, await world.readShards(plan))
  const { report } = joined
  const path = await world.write('sealward-organisation.json', printCheckJson(report, VERSION))
  runner.set({ outputs: [...checkOutputs(report), ['report-path', path]], environment: [] })
  runner.say(`sealward: ${plan.organisation}: ${sayVerdict(report)}; ${sayScope(joined, plan)}`)
  if (joined.failed > 0)
    runner.annotate('warning', `${joined.failed} of the repositories could not be looked at`, { title: 'sealward' })
  if (summary) runner.summarise(summaryOf(joined, plan))
  const kept = await keep(joined, plan, { world, runner })
  tellKept(kept, runner)
  if (isRefused(kept) && failOn !== 'never') return 2
  return failsCheck(report, failOn) ? 1 : 0
}

/** The names in the reports are those that may be shown: the jobs before wrote no others. */
async function keep(
  { report }: Joined,
  { visibility }: OrganisationPlan,
  { world, runner }: { readonly world: OrganisationWorld; readonly runner: Runner },
): Promise<IssuesOutcome | null> {
  const why = whyNotForRepository(world.facts, world.repository)
  const { mentions } = issueSettings({ issues: 'organisation', names: 'full' }, visibility)
  if (why === null) return keepIssues(report, { mode: 'organisation', names: 'full', mentions }, world.issues())
  runner.say(`sealward: the issue is left alone: ${why}`)
  return null
}

function summaryOf(joined: Joined, plan: OrganisationPlan): string {
  const table = printRepositories(joined.report.judged, TABLE_ROOM)
  const room = SUMMARY_ROOM - table.length
  const all = printCheckMarkdown(joined.report, { pages: null, room })
  return `### Sealward check of an organisation\n\n${sayScope(joined, plan)}\n\n${table}\n${all}\n`
}

function sayScope({ checked, nothing, failed }: Joined, { left, hidden }: OrganisationPlan): string {
  const out = Object.values(left).reduce((sum, { length }) => sum + length, hidden)
  const counts = [
    `${checked} checked`,
    `${nothing} with nothing to check`,
    `${failed} not looked at`,
    `${out} left out`,
  ]
  return `repositories: ${counts.join(', ')}`
}
