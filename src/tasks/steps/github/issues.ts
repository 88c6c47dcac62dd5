import { type ErrorCode, SealwardError } from '../../../core/errors.ts'
import {
  type ChangeAction,
  type CommentAction,
  type CreateAction,
  changesOf,
  parseKey,
} from '../../../core/issues/action.ts'
import { isBot } from '../../../core/issues/own.ts'
import { type IssuePlan, planIssues } from '../../../core/issues/plan.ts'
import type { IssueReport } from '../../../core/issues/report.ts'
import { type IssueSettings, OWN_LABEL, SNOOZE_LABEL } from '../../../core/issues/settings.ts'
import type { Issue, IssueComments, Issues, IssueVocabulary } from '../../world/github.ts'

export interface IssuesWorld {
  readonly issues: Issues
  readonly comments: IssueComments
  readonly vocabulary: IssueVocabulary
}

/** What became of the issues. */
export interface IssuesOutcome {
  /** `stopped`: GitHub refused, and what was left undone the next run does. */
  readonly kind: 'off' | 'done' | 'stopped'
  /** The dashboard, or the issue of what is most urgent; null when there is none. */
  readonly shown: { readonly number: number; readonly url: string } | null
  readonly written: Readonly<Record<IssueWrite, number>>
  /** New issues that wait for the next run, because a run opens no more of them. */
  readonly postponed: number
  /** What GitHub refused, in its order: of one issue alone, or, as the last, for good. */
  readonly problems: readonly IssueProblem[]
}

export type IssueWrite = 'created' | 'updated' | 'commented' | 'closed' | 'reopened'

export interface IssueProblem {
  readonly code: ErrorCode
  readonly message: string
  readonly hint: string | null
}

/** Refusals that say something of one issue only: it was deleted or moved meanwhile, or GitHub does not want this text. */
const OF_ONE: readonly ErrorCode[] = ['not-found', 'io']
const OF_GITHUB: readonly ErrorCode[] = [
  'token-refused',
  'permission',
  'read-only',
  'rate-limited',
  'unavailable',
  'limit',
]
/** How long ago a run may have broken after its comment and before its change. */
const BEFORE_MS = 14 * 86_400_000

/**
 * Brings the issues of a repository up to date: one request when nothing changed (and one more for each further hundred of our issues), then
 * write after write, in the order of the plan.
 *
 * @returns an outcome for whatever GitHub refuses; throws only what is broken here
 */
export async function keepIssues(
  report: IssueReport,
  settings: IssueSettings,
  world: IssuesWorld,
): Promise<IssuesOutcome> {
  if (settings.mode === 'off') return new Keeper(world, report.at).outcome('off')
  return carryOutPlan((listed) => planIssues({ listed, report, settings }), report.at, world)
}

/**
 * Lists our issues, and does what is planned for them.
 *
 * @returns an outcome for whatever GitHub refuses; throws only what is broken here
 */
export async function carryOutPlan(
  plan: (listed: readonly Issue[]) => IssuePlan,
  now: Date,
  world: IssuesWorld,
): Promise<IssuesOutcome> {
  const keeper = new Keeper(world, now)
  try {
    const listed = await world.issues.list(OWN_LABEL.name)
    return await keeper.carryOut(plan(listed), listed)
  } catch (error) {
    keeper.note(error, [...OF_ONE, ...OF_GITHUB])
    return keeper.outcome('stopped')
  }
}

/** One run: what it wrote, and whom and what it need not ask for again. */
class Keeper {
  readonly #world: IssuesWorld
  readonly #now: Date
  readonly #written: Record<IssueWrite, number> = { created: 0, updated: 0, commented: 0, closed: 0, reopened: 0 }
  readonly #problems: IssueProblem[] = []
  readonly #assignable = new Map<string, boolean>()
  #shown: Issue | null = null
  #postponed = 0
  #hasLabels = false

  constructor(world: IssuesWorld, now: Date) {
    this.#world = world
    this.#now = now
  }

  outcome(kind: IssuesOutcome['kind']): IssuesOutcome {
    const shown = this.#shown === null ? null : { number: this.#shown.number, url: this.#shown.url }
    return { kind, shown, written: this.#written, postponed: this.#postponed, problems: this.#problems }
  }

  /** @throws what is not among these codes */
  note(error: unknown, codes: readonly ErrorCode[]): void {
    if (!(error instanceof SealwardError) || !codes.includes(error.code)) throw error
    this.#problems.push({ code: error.code, message: error.message, hint: error.hint ?? null })
  }

  /** What fails for one issue is noted, and the others go on. @throws SealwardError for what fails for all */
  async carryOut({ actions, postponed, shown }: IssuePlan, listed: readonly Issue[]): Promise<IssuesOutcome> {
    const byNumber = new Map(listed.map((issue) => [issue.number, issue]))
    this.#postponed = postponed
    this.#shown = shown === null ? null : (byNumber.get(shown) ?? null)
    const failed = new Set<number>()
    for (const action of actions) {
      // A change would make the body say that its comment was written.
      if (action.do !== 'create' && failed.has(action.issue)) continue
      try {
        if (action.do === 'create') await this.#create(action)
        else if (action.do === 'comment') await this.#comment(action, byNumber.get(action.issue)?.author ?? null)
        else await this.#change(action, byNumber.get(action.issue)?.assignees ?? [])
      } catch (error) {
        this.note(error, OF_ONE)
        if (action.do !== 'create') failed.add(action.issue)
      }
    }
    return this.outcome('done')
  }

  async #create({ title, body, owners }: CreateAction): Promise<void> {
    const { issues, vocabulary } = this.#world
    if (!this.#hasLabels) for (const label of [OWN_LABEL, SNOOZE_LABEL]) await vocabulary.ensureLabel(label)
    this.#hasLabels = true
    const assignees = await this.#whoCan(owners)
    const issue = await issues.create({ title, body, labels: [OWN_LABEL.name], assignees })
    this.#written.created += 1
    if (!issue.labels.includes(OWN_LABEL.name)) await this.#withdraw(issue)
    this.#shown ??= issue
  }

  /** Without its label no run would find it again, and each would open another one. */
  async #withdraw({ number }: Issue): Promise<never> {
    await this.#world.issues.update(number, { state: 'closed', stateReason: 'not_planned' })
    this.#written.closed += 1
    throw new SealwardError(
      'permission',
      `GitHub dropped the label "${OWN_LABEL.name}" of a new issue without a word`,
      {
        hint: "the token needs the right to set labels: with the job's own token, `issues: write`; with a person's, the role triage",
      },
    )
  }

  async #comment({ issue, body, key }: CommentAction, author: string | null): Promise<void> {
    const recent = await this.#world.comments.list(issue, new Date(this.#now.getTime() - BEFORE_MS))
    const isOurs = (login: string | null) => isBot(login) || login === author
    if (recent.some((comment) => isOurs(comment.author) && parseKey(comment.body) === key)) return
    await this.#world.comments.add(issue, body)
    this.#written.commented += 1
  }

  async #change(action: ChangeAction, before: readonly string[]): Promise<void> {
    const added = await this.#whoCan(action.owners ?? [])
    const assignees = [...new Set([...before, ...added])]
    const more = assignees.length === before.length ? {} : { assignees }
    await this.#world.issues.update(action.issue, { ...changesOf(action), ...more })
    this.#written[({ update: 'updated', close: 'closed', reopen: 'reopened' } as const)[action.do]] += 1
  }

  /** GitHub leaves out without a word whom it cannot assign; asked before, it is known who is only named in the text. */
  async #whoCan(logins: readonly string[]): Promise<string[]> {
    const can: string[] = []
    for (const login of logins) {
      const known = this.#assignable.get(login) ?? (await this.#world.vocabulary.assignable(login))
      this.#assignable.set(login, known)
      if (known) can.push(login)
    }
    return can
  }
}
