import type { HistoryCommit } from '../check/history/commit.ts'
import type { Entry } from './entry.ts'
import { LEDGER_FILE } from './ledger-file.ts'
import { type LedgerProblem, short } from './problem.ts'

/** What git and the disk have of the files that entries are about. */
export interface RepositoryState {
  /** Of the encrypted files and of the ledger; parents before children. */
  readonly commits: readonly HistoryCommit[]
  /** Digests of contents by their ids in git; absent for what is no encrypted file, or is not in this clone. */
  readonly digests: ReadonlyMap<string, string>
  /** Digests of files as they are on disk, by path. */
  readonly onDisk: ReadonlyMap<string, string>
  /** Entries of before this moment are elsewhere, so commits of before it are not asked for; null where everything is at hand. */
  readonly since: Date | null
}

/** Absent where it had nothing. */
type Held = ReadonlyMap<string, string>

/**
 * Holds what git has of encrypted files against the entries about them, in both directions. It counts after the commit that brought the
 * ledger; what was made on branches without it shows when they are merged.
 */
export function judgeRepository(entries: readonly Entry[], state: RepositoryState): LedgerProblem[] {
  const steps = stepsOf(entries)
  return [...findUnrecorded(steps, state), ...findUnused(entries, state)]
}

/** By path and content, what entries say that it became. A content that nothing came before is after ''. */
type Steps = ReadonlyMap<string, ReadonlySet<string>>

function stepsOf(entries: readonly Entry[]): Steps {
  const steps = new Map<string, Set<string>>()
  for (const { path, before = '', after } of entries.flatMap(({ event }) => event.files ?? [])) {
    if (after === undefined) continue
    const from = `${path}\n${before}`
    steps.set(from, (steps.get(from) ?? new Set()).add(after))
  }
  return steps
}

interface Way {
  readonly path: string
  readonly from: string
  isGoal(digest: string): boolean
}

/** Whether entries lead from one content of a path to another. Several may lie between two commits. */
function leads(steps: Steps, { path, from, isGoal }: Way): boolean {
  const seen = new Set([from])
  for (const digest of seen) {
    for (const after of steps.get(`${path}\n${digest}`) ?? []) {
      if (isGoal(after)) return true
      seen.add(after)
    }
  }
  return false
}

function findUnrecorded(steps: Steps, state: RepositoryState): LedgerProblem[] {
  const { digests } = state
  const problems: LedgerProblem[] = []
  for (const { commit, parents } of commitsWithLedger(state)) {
    for (const { path, id } of commit.changes) {
      const after = digests.get(id ?? '')
      // A file that was moved is what it was.
      if (after === undefined || commit.gone.some((gone) => gone.id === id)) continue
      const froms = parents.map((parent) => digests.get(parent.get(path) ?? '') ?? '')
      const isRecorded = froms.some(
        (from) => from === after || leads(steps, { path, from, isGoal: (it) => it === after }),
      )
      if (!isRecorded) problems.push(unrecorded(path, commit, after))
    }
  }
  return problems
}

interface WithParents {
  readonly commit: HistoryCommit
  readonly parents: readonly Held[]
}

/** The commits that were made where the ledger was. Of a merge only the parents that have it count: what another one brings has no entry. */
function commitsWithLedger({ commits, since }: RepositoryState): WithParents[] {
  const held = new Map<string, Held>()
  const withLedger = new Set<string>()
  return commits.flatMap((commit) => {
    const { id, changes, date, isCut } = commit
    const parents = commit.parents.filter((parent) => withLedger.has(parent)).map((parent) => held.get(parent)!)
    held.set(id, heldAfter(held.get(commit.parents[0] ?? '') ?? new Map(), commit))
    if (parents.length > 0 || changes.some(({ path }) => path === LEDGER_FILE)) withLedger.add(id)
    const isOld = since !== null && date < since
    return parents.length > 0 && !isCut && !isOld ? [{ commit, parents }] : []
  })
}

function heldAfter(parent: Held, { changes }: HistoryCommit): Held {
  if (changes.length === 0) return parent
  const held = new Map(parent)
  for (const { path, id } of changes) {
    if (id === null) held.delete(path)
    else held.set(path, id)
  }
  return held
}

/** What an entry says that a file became has to be in git, on disk, or be changed further until it is. */
function findUnused(entries: readonly Entry[], state: RepositoryState): LedgerProblem[] {
  const found = leadingTo(contentsOf(state), entries)
  return entries.flatMap((entry) =>
    (entry.event.files ?? []).flatMap(({ path, after }) =>
      after === undefined || found.has(`${path}\n${after}`) ? [] : [unused(path, entry)],
    ),
  )
}

/** Every content that can be found, by path. */
function contentsOf({ commits, digests, onDisk }: RepositoryState): Set<string> {
  const committed = commits.flatMap(({ changes }) => changes.map(({ path, id }) => `${path}\n${digests.get(id ?? '')}`))
  return new Set([...committed, ...[...onDisk].map(([path, digest]) => `${path}\n${digest}`)])
}

/** The same, with all that entries lead to one of them from. Walked backwards, so that each content is looked at once. */
function leadingTo(goals: Set<string>, entries: readonly Entry[]): ReadonlySet<string> {
  const backwards = new Map<string, string[]>()
  for (const { path, before, after } of entries.flatMap(({ event }) => event.files ?? [])) {
    if (before === undefined || after === undefined) continue
    const to = `${path}\n${after}`
    backwards.set(to, [...(backwards.get(to) ?? []), `${path}\n${before}`])
  }
  // A set that grows while it is walked is walked to its end.
  for (const content of goals) for (const from of backwards.get(content) ?? []) goals.add(from)
  return goals
}

/** A merge that took lines of both sides made a content that nobody wrote: it is shown, and is no fault. */
function unrecorded(file: string, { id, parents }: HistoryCommit, digest: string): LedgerProblem {
  const key = `unrecorded:${short(digest)}`
  const isMerge = parents.length > 1
  return {
    ...{ kind: 'unrecorded', level: isMerge ? 'notice' : 'fault', file, key },
    message: `${isMerge ? 'became another in the merge' : 'changed in commit'} ${short(id)}, and no entry says so`,
    fix: `look who did it; sealward audit accept ${key} --reason TEXT lets it pass`,
  }
}

function unused(file: string, { id }: Entry): LedgerProblem {
  const key = `unused:${short(id)}`
  return {
    ...{ kind: 'unused', level: 'fault', file, key },
    message: `entry ${short(id)} is about a change that is neither in git nor on disk`,
    fix: `find the change, or let it pass: sealward audit accept ${key} --reason TEXT`,
  }
}
