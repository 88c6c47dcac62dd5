import type { PathChange } from '../../../core/check/history/commit.ts'
import { typesOf } from '../sources/plumbing/listed-objects.ts'

/** A listed commit, before it is known what its merges have. */
export interface ListedCommit {
  readonly id: string
  /** Those that are listed. */
  readonly parents: readonly string[]
  /** How many it has. One that is not listed is like another, or its past has none of the files. */
  readonly parentCount: number
  readonly changes: readonly PathChange[]
}

/** What a commit has at a path: the id of a content, or `<commit>:<path>` where only git can say it. Absent for nothing. */
type Held = ReadonlyMap<string, string>

const EMPTY: Held = new Map()

/**
 * Finds what merges have where their parents differ: a merge is listed with what no parent has (`diff-tree -c`), so a path that is not
 * among it is as in one parent, and nothing says in which. All questions are put to one process.
 *
 * @param commits parents before children
 * @returns for each merge that has any, its further changes
 */
export async function settleMerges(commits: readonly ListedCommit[]): Promise<ReadonlyMap<string, PathChange[]>> {
  const held = new Map<string, Held>()
  const asked: { readonly commit: string; readonly path: string }[] = []
  for (const commit of commits) {
    const parents = commit.parents.map((id) => held.get(id) ?? EMPTY)
    if (parents.length > 0 && parents.length < commit.parentCount) parents.push(EMPTY)
    const open = differing(parents).filter((path) => commit.changes.every((change) => change.path !== path))
    for (const path of open) asked.push({ commit: commit.id, path })
    held.set(commit.id, after(parents[0] ?? EMPTY, commit, open))
  }
  const answers = await typesOf(asked.map(({ commit, path }) => `${commit}:${path}`))
  const settled = new Map<string, PathChange[]>()
  for (const [at, { commit, path }] of asked.entries()) {
    const { id, type } = answers[at]!
    const changes = settled.get(commit) ?? []
    changes.push({ path, id: type === 'blob' ? id : null, isNew: false })
    settled.set(commit, changes)
  }
  return settled
}

/** The paths at which not all parents have the same. */
function differing(parents: readonly Held[]): string[] {
  const [first, ...others] = parents.filter((parent, at) => parents.indexOf(parent) === at)
  if (first === undefined || others.length === 0) return []
  const paths = new Set([first, ...others].flatMap((parent) => [...parent.keys()]))
  return [...paths].filter((path) => others.some((other) => other.get(path) !== first.get(path)))
}

/** A commit that changes nothing shares what its parent has: most of them do. */
function after(parent: Held, { id: commit, changes }: ListedCommit, open: readonly string[]): Held {
  if (changes.length + open.length === 0) return parent
  const held = new Map(parent)
  for (const path of open) held.set(path, `${commit}:${path}`)
  for (const { path, id } of changes) {
    if (id === null) held.delete(path)
    else held.set(path, id)
  }
  return held
}
