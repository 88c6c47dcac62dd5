import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { HistoryCommit, PathChange } from '../../../core/check/history/commit.ts'
import { FILE_BYTES } from '../../../core/envelope/limits.ts'
import type { FileHistory, FollowedHistory } from '../../../tasks/world/git/history.ts'
import { commitAt } from '../sources/change.ts'
import { type WalkedCommit, walkCommits } from '../sources/plumbing/commits.ts'
import { type RepositoryFacts, readFacts } from '../sources/plumbing/facts.ts'
import { openObjectReader } from '../sources/plumbing/objects.ts'
import { askRevisions } from '../sources/plumbing/revisions.ts'
import { settleMerges } from './merges.ts'

/** A command line holds 32 KiB on Windows. With longer lists every commit is looked at, which is slower and says the same. */
const PATHS_LENGTH = 16 * 1024
const GONE_PER_COMMIT = 64
const NOTHING = '000000'
const REGULAR = /^100/

/** The history of files in the repository that this process is in. */
export function openFileHistory(): FileHistory {
  return { follow, read }
}

async function follow(paths: readonly string[]): Promise<FollowedHistory> {
  const facts = await readFacts()
  const head = await commitAt('HEAD')
  const followed = new Set(paths.filter((path) => !/[\n\0]/.test(path)))
  if (head === null || followed.size === 0) return { commits: [], isShallow: facts.shallow }
  const ends = await endsOf(facts)
  const commits: HistoryCommit[] = []
  for await (const commit of walkCommits([head, ...limitedTo(followed)]))
    commits.push(commitOf(commit, { followed, ends }))
  const parents = await countParents(commits)
  const merges = await settleMerges(commits.map((commit) => ({ ...commit, parentCount: parents.get(commit.id) ?? 1 })))
  return {
    commits: commits.map((commit) => ({ ...commit, changes: [...commit.changes, ...(merges.get(commit.id) ?? [])] })),
    isShallow: facts.shallow,
  }
}

async function* read(ids: readonly string[]): ReturnType<FileHistory['read']> {
  const reader = openObjectReader(FILE_BYTES)
  try {
    for await (const answer of reader.read(ids.map((id) => ({ kind: 'place', path: id, id }) as const))) {
      if (answer.kind === 'unread') yield { name: answer.path, bytes: null, size: 0 }
      else yield { name: answer.place.path, bytes: answer.bytes, size: answer.size }
    }
  } finally {
    reader.close()
  }
}

/**
 * Options of rev-list: all commits that touch the files, and all merges, with parents rewritten past those that do not. Without
 * `--full-history` git leaves out a branch whose changes a merge did not take, and with it what a value was there.
 */
function limitedTo(paths: ReadonlySet<string>): string[] {
  const specs = [...paths].map((path) => `:(top,literal)${path}`)
  return specs.join(' ').length > PATHS_LENGTH ? [] : ['--full-history', '--', ...specs]
}

/** How many parents each commit has: the rewritten ones are fewer where a parent's past has none of the files. */
async function countParents(commits: readonly HistoryCommit[]): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>()
  if (commits.length === 0) return counts
  for await (const line of askRevisions(
    ['--no-walk=unsorted', '--parents'],
    commits.map(({ id }) => id),
  )) {
    const [id, ...parents] = line.split(' ')
    counts.set(id!, parents.length)
  }
  return counts
}

function commitOf(
  { id, parents, date, changes }: WalkedCommit,
  { followed, ends }: { readonly followed: ReadonlySet<string>; readonly ends: ReadonlySet<string> },
): HistoryCommit {
  const own = changes.filter(({ path }) => followed.has(path))
  const made = own.map(
    ({ path, mode, id: blob, before }): PathChange => ({
      path,
      id: REGULAR.test(mode) ? blob : null,
      isNew: before.length === 0 && mode !== NOTHING,
    }),
  )
  const gone = made.some(({ isNew }) => isNew)
    ? changes.flatMap(({ path, mode, before: [old] }) => (mode === NOTHING && old ? [{ path, id: old }] : []))
    : []
  return {
    ...{ id, parents, date: new Date(date), isCut: ends.has(id) },
    changes: made,
    gone: gone.slice(0, GONE_PER_COMMIT),
  }
}

/** The commits at which a shallow clone ends. */
async function endsOf({ shallow, common }: RepositoryFacts): Promise<ReadonlySet<string>> {
  if (!shallow) return new Set()
  return new Set((await readFile(join(common, 'shallow'), 'latin1')).split('\n'))
}
