import { SealwardError } from '../../../core/errors.ts'
import type { ScanMark, ScanSource, ScanStep } from '../../../tasks/world/scan/source.ts'
import { Places, walkCommits } from './plumbing/commits.ts'
import { Frontier, formatCursor, readCursor } from './plumbing/cursor.ts'
import { findMissing, type RepositoryFacts, readFacts, sayMissing, sayShallow } from './plumbing/facts.ts'
import { askList } from './plumbing/git.ts'
import { listObjects, typesOf } from './plumbing/listed-objects.ts'
import { askRevisions } from './plumbing/revisions.ts'

const COMMITS_PER_MARK = 256
const EVERYTHING = ['--all']

/**
 * Every version of every file that a ref or HEAD reaches, notes and the newest stash among them: each content once, with the commit that
 * brought it first and the name it had there.
 *
 * @param done commits that an earlier scan had finished: what they reach is left out
 */
export function openHistory(done: readonly string[] = []): ScanSource {
  return {
    what: 'versions of files',
    async from(cursor) {
      const ids = await readCursor(cursor, await readFacts())
      return ids === null ? null : openHistory(ids)
    },
    async *steps() {
      const facts = await readFacts()
      const missing = await findMissing(facts, EVERYTHING)
      yield* sayShallow(facts)
      yield* sayMissing(missing)
      const places = new Places(missing)
      yield* leaveOut(done, places)
      yield* ofCommits(places, facts, done)
      // Refs may name trees and blobs that are in no commit. A partial clone may lack the trees that lead from commits to blobs.
      const roots = facts.partial ? EVERYTHING : await rootsBesideCommits()
      if (roots.length > 0) yield* unattributed(roots, places)
    },
  }
}

/**
 * Walks what is done once more, without reading any content: a file that comes back later, maybe by another name, is to be known, so that
 * two halves of a scan say what a whole one says.
 */
async function* leaveOut(done: readonly string[], places: Places): AsyncGenerator<ScanStep> {
  if (done.length === 0) return
  for await (const commit of walkCommits(done))
    for (const step of places.of(commit)) if (step.kind === 'unread') yield step
}

async function* ofCommits(places: Places, facts: RepositoryFacts, done: readonly string[]): AsyncGenerator<ScanStep> {
  const revisions = [...done.map((id) => `^${id}`), ...EVERYTHING]
  const total = await countCommits(revisions)
  const frontier = new Frontier(done)
  let count = 0
  const mark = (): ScanMark => ({
    kind: 'mark',
    done: count,
    total,
    // What a partial clone lacks may come later, in commits that were done without it.
    ...(facts.partial ? {} : { cursor: formatCursor(facts, frontier) }),
  })
  try {
    for await (const commit of walkCommits(revisions)) {
      yield* places.of(commit)
      frontier.add(commit)
      count += 1
      if (count % COMMITS_PER_MARK === 0) yield mark()
    }
  } catch (error) {
    if (!(facts.partial && error instanceof SealwardError)) throw error
  }
  yield mark()
}

async function countCommits(revisions: readonly string[]): Promise<number> {
  for await (const count of askRevisions(['--count'], revisions)) return Number(count)
  return 0
}

/** Ids that refs peel to and that are no commits. */
async function rootsBesideCommits(): Promise<string[]> {
  const refs = await askList(['for-each-ref', '--format=%(refname)'])
  const peeled = await typesOf(refs.map((ref) => `${ref}^{}`))
  return peeled.filter(({ type }) => type === 'tree' || type === 'blob').map(({ id }) => id)
}

async function* unattributed(roots: readonly string[], { seen }: Places): AsyncGenerator<ScanStep> {
  for await (const { id, name } of listObjects('blob', roots)) {
    if (seen.has(id)) continue
    seen.add(id)
    yield { kind: 'place', path: name || id, id }
  }
}
