import { openIssueComments, openIssues } from '../../../src/adapters/github/issues.ts'
import { openIssueVocabulary } from '../../../src/adapters/github/vocabulary.ts'
import { type ErrorCode, SealwardError } from '../../../src/core/errors.ts'
import type { IssuesWorld } from '../../../src/tasks/steps/github/issues.ts'
import type { Issue } from '../../../src/tasks/world/github.ts'
import type { Fault } from '../../fakes/github/faults.ts'
import { BOT, NAME, openScene } from '../../fakes/github/scene.ts'
import { type FakeIssue, FakeRepository } from '../../fakes/github/state.ts'

/** What refuses for a day, at GitHub and as the port tells it. */
export interface YearFault {
  readonly route: Route | null
  readonly fault: Fault
  readonly code: ErrorCode
}

/** A GitHub for a year of runs. */
export interface YearGitHub {
  readonly repository: FakeRepository
  /** A run's own ports. */
  world(): IssuesWorld
  break(fault: YearFault): void
  mend(): void
  /** How many requests there were since the last question. */
  requests(): number
  close(): Promise<void>
}

const ISSUES = '/repos/{owner}/{repo}/issues'
export const ROUTES = {
  create: `POST ${ISSUES}`,
  change: `PATCH ${ISSUES}/{issue_number}`,
  comment: `POST ${ISSUES}/{issue_number}/comments`,
} as const
type Route = (typeof ROUTES)[keyof typeof ROUTES]

/** The fake on the loopback interface, through the adapter and GitHub's SDK. */
export async function overHttp(now: () => Date): Promise<YearGitHub> {
  const { github, repository, client } = await openScene({ now })
  return {
    repository,
    world() {
      const own = client()
      return {
        issues: openIssues(own, NAME),
        comments: openIssueComments(own, NAME),
        vocabulary: openIssueVocabulary(own, NAME),
      }
    },
    break: ({ route, fault }) => github.break(route === null ? { fault } : { fault, route }),
    mend: () => github.mend(),
    requests: () => github.received.splice(0).length,
    close: () => github.close(),
  }
}

/** The same memory without a network between: a request takes 20 ms, and a year has thousands. */
export async function direct(now: () => Date): Promise<YearGitHub> {
  const repository = new FakeRepository(NAME, now)
  let count = 0
  let broken: YearFault | null = null
  const ask = <T>(route: Route | null, answer: () => T): Promise<T> => {
    count += 1
    if (broken !== null && (broken.route === null || broken.route === route))
      return Promise.reject(new SealwardError(broken.code, 'a fault of the test'))
    return Promise.resolve(answer())
  }
  return {
    repository,
    world: () => worldOf(repository, ask),
    break(fault) {
      broken = fault
    },
    mend() {
      broken = null
    },
    requests() {
      const asked = count
      count = 0
      return asked
    },
    close: async () => {},
  }
}

type Ask = <T>(route: Route | null, answer: () => T) => Promise<T>

function worldOf(repository: FakeRepository, ask: Ask): IssuesWorld {
  const issue = (number: number) => repository.issue(number)!
  return {
    issues: {
      list: (label) => ask(null, () => repository.issues.filter(({ labels }) => labels.includes(label)).map(issueOf)),
      create: (draft) => ask(ROUTES.create, () => issueOf(repository.open(BOT, edit(draft)))),
      update: (number, changes) =>
        ask(ROUTES.change, () => {
          repository.edit(BOT, issue(number), edit(changes))
          return issueOf(issue(number))
        }),
    },
    comments: {
      list: (number, since = new Date(0)) =>
        ask(null, () => {
          const recent = issue(number).comments.filter(({ at }) => at >= since)
          return recent.map(({ author, body, at }) => ({ author, body, createdAt: at }))
        }),
      add: (number, body) => ask(ROUTES.comment, () => void repository.comment(BOT, issue(number), body)),
    },
    vocabulary: {
      ensureLabel: () => ask(null, () => 'there' as const),
      assignable: (login) => ask(null, () => repository.assignable.has(login)),
    },
  }
}

/** Arrays of its own: the fake keeps what it is given. */
function edit<T extends { labels?: readonly string[]; assignees?: readonly string[] }>({
  labels,
  assignees,
  ...rest
}: T) {
  return {
    ...rest,
    ...(labels === undefined ? {} : { labels: [...labels] }),
    ...(assignees === undefined ? {} : { assignees: [...assignees] }),
  }
}

function issueOf({ comments: _, isPullRequest: __, createdAt: ___, body, ...issue }: FakeIssue): Issue {
  return {
    ...issue,
    body: body ?? '',
    labels: [...issue.labels],
    assignees: [...issue.assignees],
    url: `#${issue.number}`,
  }
}
