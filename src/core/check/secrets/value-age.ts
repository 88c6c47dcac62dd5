import { type Link, spanOf } from '../history/chain.ts'
import type { HistoryCommit } from '../history/commit.ts'
import { type CommitTimes, settleTimes } from '../history/commit-dates.ts'
import { type FileState, nextState, oldest, type Since as SinceCommit } from '../history/file-state.ts'
import { plainNameOf } from '../history/origin.ts'
import type { Version } from '../history/version.ts'

/** The history of some files: what commits did to them, and what is in each content. */
export interface RecordedHistory {
  /** Parents before children; the last one has what is asked about. */
  readonly commits: readonly HistoryCommit[]
  /** By id; a content that cannot be read is missing. */
  readonly versions: ReadonlyMap<string, Version>
  /** Old names, by `originKey` of the commit and the new name. */
  readonly origins: ReadonlyMap<string, string>
}

/** Since when a variable has its value. */
export interface ValueAge {
  /** The last commit in which the value changed. It is at least that old. */
  readonly since: Date
  /** False when it may be older: until `earliest`, or without any limit where that is null. */
  readonly isExact: boolean
  readonly earliest: Date | null
  /** Where the value went and came back later: when it was there for the first time. Whoever judges an age takes this: it is no new value. */
  readonly before: Date | null
  /** Null for what is not committed yet. */
  readonly commit: string | null
  /** `ciphertext`: nobody opened the file, and its lines are all that was compared. */
  readonly evidence: 'value' | 'ciphertext'
}

/** Since when something is so; without `isExact` for at least that long. */
export interface Since {
  readonly date: Date
  readonly isExact: boolean
}

export interface FileAge {
  readonly values: ReadonlyMap<string, ValueAge>
  /** Since when each recipient can open the file without a break. */
  readonly recipients: ReadonlyMap<string, Since>
  readonly dataKey: Since
  /** The first version of the file, also by an older name or in plain text. */
  readonly first: Since
}

export interface Ages {
  /** By path. Without those that the last commit does not have, or that cannot be read there. */
  readonly files: ReadonlyMap<string, FileAge>
  /** Since when each recipient has been in any of the files, also in older versions. */
  readonly recipients: ReadonlyMap<string, Since>
  readonly times: Pick<CommitTimes, 'future' | 'backwards'>
}

type Files = ReadonlyMap<string, FileState>

/** The id of what is not committed yet, put behind the last commit. */
export const UNCOMMITTED = ''

/**
 * Folds history into ages, parents before children.
 *
 * A value is as old as the oldest parent that has it without a break; a removal is no break. `version.ts` says what counts as the same
 * value, with a key and without one, `chain.ts` what is known where that is not known, `commit-dates.ts` when a commit was made.
 */
export function ageFiles(history: RecordedHistory, paths: readonly string[], now: Date): Ages {
  const times = settleTimes(history.commits, now)
  const states = new Map<string, Files>()
  const uses = countUses(history.commits)
  const recipients = new Map<string, SinceCommit>()
  let last: Files = new Map()
  for (const commit of history.commits) {
    last = after(commit, { parents: commit.parents.map((id) => states.get(id) ?? new Map()), history, times })
    for (const id of commit.parents) release(id, uses, states)
    states.set(commit.id, last)
    for (const { path } of commit.changes) note(recipients, last.get(path)!)
  }
  const found = paths.flatMap((path) => {
    const state = last.get(path)
    return state === undefined || state.version === null ? [] : [[path, fileAge(state, state.version)] as const]
  })
  return {
    files: new Map(found),
    recipients: new Map([...recipients].map(([name, since]) => [name, sinceOf(since)])),
    times,
  }
}

export function originKey(commit: string, path: string): string {
  return `${commit}:${path}`
}

interface Around {
  readonly parents: readonly Files[]
  readonly history: RecordedHistory
  readonly times: CommitTimes
}

function after(commit: HistoryCommit, around: Around): Files {
  const { parents, times } = around
  const touched = new Map(commit.changes.map(({ path, id }) => [path, id]))
  for (const path of differing(parents)) if (!touched.has(path)) touched.set(path, heldBy(parents, path))
  if (touched.size === 0) return parents[0] ?? new Map()
  const files = new Map(parents.toReversed().flatMap((parent) => [...parent]))
  for (const [path, id] of touched)
    files.set(
      path,
      nextState(statesBefore(commit, path, around), {
        id,
        version: around.history.versions.get(id ?? '') ?? null,
        commit: times.of.get(commit.id)!,
        isCut: commit.isCut,
      }),
    )
  return files
}

/** What the parents have at a path; for a new one what its old name was, or the plaintext that it was encrypted from. */
function statesBefore({ id, changes }: HistoryCommit, path: string, { parents, history }: Around): FileState[] {
  const here = statesAt(parents, path)
  if (here.length > 0 || !changes.some((change) => change.path === path && change.isNew)) return here
  const origin = history.origins.get(originKey(id, path)) ?? plainNameOf(path)
  return origin === null ? [] : statesAt(parents, origin)
}

function statesAt(parents: readonly Files[], path: string): FileState[] {
  return [...new Set(parents.map((files) => files.get(path)).filter((state) => state !== undefined))]
}

/** Paths of which the parents of a merge know different things, though the content may be one. */
function differing(parents: readonly Files[]): string[] {
  if (new Set(parents).size < 2) return []
  const paths = new Set(parents.flatMap((files) => [...files.keys()]))
  return [...paths].filter((path) => statesAt(parents, path).length > 1)
}

function heldBy(parents: readonly Files[], path: string): string | null {
  return statesAt(parents, path).find(({ id }) => id !== null)?.id ?? null
}

function fileAge({ variables, recipients, dataKey, first }: FileState, version: Version): FileAge {
  return {
    values: new Map([...version.values.keys()].map((name) => [name, valueAge(variables.get(name)!)])),
    recipients: new Map([...recipients].map(([name, since]) => [name, sinceOf(since)])),
    dataKey: sinceOf(dataKey),
    first: sinceOf(first),
  }
}

function valueAge(link: Link): ValueAge {
  const { latest, earliest, before } = spanOf(link)
  return {
    since: new Date(latest.time),
    isExact: latest.isExact && earliest === latest.time,
    earliest: Number.isFinite(earliest) ? new Date(earliest) : null,
    before: before === null ? null : new Date(before),
    commit: latest.id === UNCOMMITTED ? null : latest.id,
    evidence: link.content.value === null ? 'ciphertext' : 'value',
  }
}

function sinceOf({ commit, isExact }: SinceCommit): Since {
  return { date: new Date(commit.time), isExact }
}

function note(known: Map<string, SinceCommit>, state: FileState): void {
  for (const [name, since] of state.recipients) known.set(name, oldest([known.get(name), since])!)
}

/** How many commits still need what a commit has: history is long, and only its edge has to be held. */
function countUses(commits: readonly HistoryCommit[]): Map<string, number> {
  const uses = new Map<string, number>()
  for (const id of commits.flatMap(({ parents }) => parents)) uses.set(id, (uses.get(id) ?? 0) + 1)
  return uses
}

function release(id: string, uses: Map<string, number>, states: Map<string, Files>): void {
  const left = uses.get(id)! - 1
  uses.set(id, left)
  if (left === 0) states.delete(id)
}
