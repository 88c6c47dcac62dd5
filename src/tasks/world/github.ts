import type { ListedRepository } from '../../core/organisation/choose.ts'
/**
 * What tasks ask of GitHub, about one repository or one organisation. What every method may throw: SealwardError `token-refused`,
 * `permission` (its hint names the key of `permissions:`), `read-only`, `rate-limited`, `unavailable`, `not-found`, and `limit` when there
 * is more of something than a run may read. Texts of these types come from the network, and are shown as `printable` makes them.
 */

/** The issues that carry a label. */
export interface Issues {
  /** All of them, open and closed, oldest first; pull requests are left out. */
  list(label: string): Promise<readonly Issue[]>
  /** What GitHub made of it: labels and assignees that the token may not set, or that do not exist, are missing, with no word said. */
  create(draft: IssueDraft): Promise<Issue>
  /** Labels and assignees replace those of before. */
  update(number: number, changes: IssueChanges): Promise<Issue>
}

export interface Issue {
  readonly number: number
  readonly title: string
  readonly body: string
  readonly state: 'open' | 'closed'
  /** completed, not_planned, duplicate or reopened; null when nothing was said. */
  readonly stateReason: string | null
  readonly labels: readonly string[]
  readonly assignees: readonly string[]
  /** Who opened it; null for an account that is gone. */
  readonly author: string | null
  readonly url: string
  readonly updatedAt: Date
  readonly closedAt: Date | null
}

export interface IssueDraft {
  readonly title: string
  readonly body: string
  readonly labels: readonly string[]
  readonly assignees: readonly string[]
}

export interface IssueChanges extends Partial<IssueDraft> {
  readonly state?: 'open' | 'closed'
  readonly stateReason?: 'completed' | 'not_planned' | 'duplicate' | 'reopened'
}

/** What is said under an issue. */
export interface IssueComments {
  /** With a date, only those that were written or changed since. */
  list(issue: number, since?: Date): Promise<readonly IssueComment[]>
  add(issue: number, body: string): Promise<void>
}

export interface IssueComment {
  readonly author: string | null
  readonly body: string
  readonly createdAt: Date
}

/** What an issue of this repository may carry. */
export interface IssueVocabulary {
  /** Makes the label when it is not there; leaves one that is there as it is. */
  ensureLabel(label: Label): Promise<'there' | 'made'>
  /** Whether a login may be assigned. */
  assignable(login: string): Promise<boolean>
}

export interface Label {
  readonly name: string
  /** Six hexadecimal digits. */
  readonly color: string
  readonly description: string
}

/** Workflow runs. */
export interface Runs {
  /** The newest runs of a workflow file (`check.yml`), at most a hundred, newest first; null when there is no such workflow. */
  recent(workflow: string, which: RunFilter): Promise<readonly WorkflowRun[] | null>
  /** The jobs of all attempts of a run. */
  jobs(run: number): Promise<readonly Job[]>
  /** A job's log as GitHub keeps it, masked. */
  log(job: number): Promise<Download>
}

export interface RunFilter {
  readonly event?: string
  readonly branch?: string
}

export interface WorkflowRun {
  readonly id: number
  readonly event: string
  readonly status: string | null
  readonly conclusion: string | null
  readonly url: string
  readonly createdAt: Date
}

export interface Job {
  readonly id: number
  readonly name: string
  readonly status: string
  readonly conclusion: string | null
  readonly attempt: number
  readonly url: string
}

/** The artifacts of workflow runs. */
export interface Artifacts {
  list(run: number): Promise<readonly Artifact[]>
  /** A zip archive. */
  download(artifact: number): Promise<Download>
}

export interface Artifact {
  readonly id: number
  readonly name: string
  readonly bytes: number
  readonly expired: boolean
}

/** `gone`: deleted, or past the days that GitHub keeps it. */
export type Download =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'gone' }
  | { readonly kind: 'too-large'; readonly limit: number }

/** The repositories of an organisation. */
export interface Repositories {
  /** All that the token sees, by name. */
  list(organisation: string): Promise<readonly Repository[]>
}

export interface Repository extends ListedRepository {
  readonly hasIssues: boolean
  readonly defaultBranch: string | null
}
