import { FakePulls } from './pulls.ts'
import { FakeVault } from './secrets.ts'

/** What the fake remembers. People act on it through the methods of FakeRepository, and programs through the API. */

export interface FakeIssue {
  readonly number: number
  readonly author: string
  readonly createdAt: Date
  readonly isPullRequest: boolean
  title: string
  body: string | null
  state: 'open' | 'closed'
  stateReason: string | null
  labels: string[]
  assignees: string[]
  updatedAt: Date
  closedAt: Date | null
  readonly comments: FakeComment[]
}

export interface FakeComment {
  readonly id: number
  readonly author: string
  readonly body: string
  readonly at: Date
}

/** What happened to issues, in order: the tests of a year read it like a person does. */
export interface HistoryEntry {
  readonly at: Date
  readonly by: string
  readonly issue: number
  readonly did: 'opened' | 'edited' | 'closed' | 'reopened' | 'labelled' | 'assigned' | 'commented'
}

export interface FakeJob {
  readonly id: number
  readonly name: string
  readonly attempt: number
  /** null: GitHub has deleted it. */
  readonly log: Uint8Array | null
}

export interface FakeArtifact {
  readonly id: number
  readonly name: string
  readonly zip: Uint8Array
  readonly expired: boolean
}

export interface FakeRun {
  readonly id: number
  /** `check.yml` */
  readonly workflow: string
  readonly event: string
  readonly branch: string
  readonly conclusion: string | null
  readonly createdAt: Date
  readonly jobs: readonly FakeJob[]
  readonly artifacts: readonly FakeArtifact[]
}

export type IssueEdit = Partial<Pick<FakeIssue, 'title' | 'body' | 'state' | 'stateReason' | 'labels' | 'assignees'>>

let lastId = 1000

/** An identifier that nothing else here has. */
export function nextId(): number {
  lastId += 1
  return lastId
}

export class FakeRepository {
  readonly id = nextId()
  readonly name: string
  readonly #now: () => Date
  private = false
  archived = false
  disabled = false
  fork = false
  size = 0
  hasIssues = true
  /** Labels and assignees of the API are dropped without a word, as for a token without push access. */
  dropsSilently = false
  readonly issues: FakeIssue[] = []
  readonly labels = new Map<
    string,
    { readonly id: number; readonly color: string; readonly description: string | null }
  >()
  readonly assignable = new Set<string>()
  readonly runs: FakeRun[] = []
  readonly history: HistoryEntry[] = []
  readonly pulls: FakePulls
  readonly vault: FakeVault
  readonly environments = new Map<string, FakeVault>()

  constructor(name: string, now: () => Date) {
    this.name = name
    this.#now = now
    this.pulls = new FakePulls(now)
    this.vault = new FakeVault(now)
  }

  issue(number: number): FakeIssue | undefined {
    return this.issues.find((issue) => issue.number === number)
  }

  open(by: string, draft: IssueEdit & { readonly isPullRequest?: boolean }): FakeIssue {
    const at = this.#now()
    const issue: FakeIssue = {
      number: this.issues.length + 1,
      author: by,
      createdAt: at,
      isPullRequest: draft.isPullRequest ?? false,
      title: draft.title ?? 'untitled',
      body: draft.body ?? null,
      state: 'open',
      stateReason: null,
      labels: [],
      assignees: [],
      updatedAt: at,
      closedAt: null,
      comments: [],
    }
    this.issues.push(issue)
    this.#carry(issue, draft)
    this.#note(by, issue, 'opened')
    return issue
  }

  edit(by: string, issue: FakeIssue, { state, stateReason, title, body, ...carried }: IssueEdit): void {
    if (title !== undefined || body !== undefined) {
      Object.assign(issue, { title: title ?? issue.title, body: body ?? issue.body })
      this.#note(by, issue, 'edited')
    }
    this.#carry(issue, carried)
    if (carried.labels !== undefined) this.#note(by, issue, 'labelled')
    if (carried.assignees !== undefined) this.#note(by, issue, 'assigned')
    if (state !== undefined && state !== issue.state) {
      const closing = state === 'closed'
      Object.assign(issue, { state, closedAt: closing ? this.#now() : null })
      issue.stateReason = stateReason ?? (closing ? 'completed' : 'reopened')
      this.#note(by, issue, closing ? 'closed' : 'reopened')
    }
  }

  comment(by: string, issue: FakeIssue, body: string): FakeComment {
    const comment = { id: nextId(), author: by, body, at: this.#now() }
    issue.comments.push(comment)
    this.#note(by, issue, 'commented')
    return comment
  }

  /** Labels that are not there are made, as GitHub does; people who cannot be assigned are left out. */
  #carry(issue: FakeIssue, { labels, assignees }: IssueEdit): void {
    for (const name of labels ?? [])
      if (!this.labels.has(name)) this.labels.set(name, { id: nextId(), color: 'ededed', description: null })
    if (labels !== undefined) issue.labels = [...labels]
    if (assignees !== undefined) issue.assignees = assignees.filter((login) => this.assignable.has(login)).slice(0, 10)
  }

  #note(by: string, issue: FakeIssue, did: HistoryEntry['did']): void {
    issue.updatedAt = this.#now()
    this.history.push({ at: issue.updatedAt, by, issue: issue.number, did })
  }
}
