import { SealwardError } from '../../core/errors.ts'
import { issueSettings } from '../../core/issues/settings.ts'
import type { Policy } from '../../core/policy/policy.ts'
import { printable } from '../../core/report/printable.ts'
import { check } from '../../tasks/check/check.ts'
import { closeIncident, openIncident } from '../../tasks/steps/github/incident.ts'
import type { IssueProblem, IssuesOutcome, IssuesWorld } from '../../tasks/steps/github/issues.ts'
import { openCheck } from '../check/world.ts'
import type { World } from '../world.ts'
import { openOwnIssues } from './world.ts'

/** What a person is told. */
interface Words {
  /** What has happened to the issue. */
  readonly done: string
  /** What has not. */
  readonly missed: string
  readonly later: string
}

const OPENING: Words = {
  done: 'its issue is open',
  missed: 'no issue was opened',
  later: 'the next run of `mode: check` for the default branch opens it',
}
const CLOSING: Words = {
  done: 'its issue is closed',
  missed: 'its issue was not looked for',
  later: 'the next run of `mode: check` for the default branch closes it, where there is one',
}
/** Nothing has another value yet, which keys would be for: nobody is asked for a passphrase once more. */
const NO_KEYS = { places: () => [] }

/**
 * Opens the issue of a lockdown, whose checklist `mode: check` goes on with. What is in the way is told and no more: the lockdown is done.
 *
 * @param policy the sealward.yml that is locked down
 */
export async function openIssue(policy: Policy, world: World): Promise<void> {
  await reach({ policy, words: OPENING, world }, async (issues) => {
    const opened = await openCheck(world, { endpoints: false, issuers: null })
    const request = { paths: [], environment: null, now: world.clock.now() }
    const { report } = await check(request, { ...opened.world, keys: NO_KEYS })
    // Whether the repository is private is not known here: where sealward.yml does not say how names are shown, they are hidden.
    return openIncident({ ...report, lockdown: policy.lockdown }, issueSettings(policy.check, null), issues)
  })
}

/** Closes it likewise. @param policy the sealward.yml while it was locked down */
export async function closeIssue(policy: Policy, world: World): Promise<void> {
  const { lockdown } = policy
  if (lockdown === null) return
  const order = { since: lockdown.since, now: world.clock.now() }
  await reach({ policy, words: CLOSING, world }, (issues) => closeIncident(order, issues))
}

interface Reaching {
  readonly policy: Policy
  readonly words: Words
  readonly world: World
}

async function reach(
  { policy, words, world: { teller } }: Reaching,
  act: (issues: IssuesWorld) => Promise<IssuesOutcome>,
): Promise<void> {
  const { missed, later } = words
  // `mode: check` keeps one for the sealward.yml at the top alone.
  if (policy.file.includes('/')) return teller.note(`${missed}: only sealward.yml at the top of a repository has one`)
  if (policy.check.issues === 'off') return teller.note(`${missed}: sealward.yml says \`check: { issues: off }\``)
  try {
    const own = await openOwnIssues()
    if (own.kind === 'none') return teller.note(`${missed}: ${own.why}; ${later}`)
    const { problems, shown } = await act(own.issues)
    for (const problem of problems) sayProblem(problem, words, teller)
    if (problems.length > 0) return
    teller.note(shown === null ? 'no issue of the lockdown is open' : `${words.done}: ${printable(shown.url)}`)
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    sayProblem({ code: error.code, message: error.message, hint: error.hint ?? null }, words, teller)
  }
}

function sayProblem({ code, message, hint }: IssueProblem, { missed, later }: Words, teller: World['teller']): void {
  teller.warn(`${missed}: ${printable(message)} [${code}]; ${later}`)
  for (const line of hint?.split('\n') ?? []) teller.note(`  ${printable(line)}`)
}
