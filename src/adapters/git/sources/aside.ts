import type { ScanSource, ScanStep } from '../../../tasks/world/scan/source.ts'
import { Places, walkCommits } from './plumbing/commits.ts'
import { findMissing, readFacts, sayMissing } from './plumbing/facts.ts'
import { askLines, askList } from './plumbing/git.ts'
import { askRevisions } from './plumbing/revisions.ts'

const STASH = 'refs/stash'

/** All stashes, `stash@{0}` first in the list of git and last here: what was staged, what was not, and untracked files. */
export function openStashes(): ScanSource {
  return {
    what: 'versions of files in stashes',
    async *steps() {
      const stashes = await listStashes()
      if (stashes.size === 0) return
      const names = [...stashes.keys()]
      const places = new Places(new Set(), ({ id }) => ({ commit: stashes.get(id) ?? id }))
      for await (const commit of walkCommits([...names, '--not', `--exclude=${STASH}`, '--all']))
        yield* places.of(commit)
    },
  }
}

/**
 * What the object store holds and no ref reaches: amended and dropped commits, what was staged once. It never leaves this machine by a
 * push, but a copy of the folder has it.
 */
export function openDangling(): ScanSource {
  return {
    what: 'dangling objects',
    async *steps() {
      const facts = await readFacts()
      const reached = await findMissing(facts, ['--all'])
      yield* sayMissing(reached)
      for await (const line of askRevisions(['--objects', '--missing=allow-any'], ['--all']))
        reached.add(line.split(' ', 1)[0]!)
      const { commits, blobs } = await listUnreached(reached)
      yield* ofCommits(commits, reached)
      for (const id of blobs) if (!reached.has(id)) yield { kind: 'place', path: id, id }
    },
  }
}

/** The ids of stashes and of the commits that each is made of (index, untracked files), with the name of the stash. */
async function listStashes(): Promise<Map<string, string>> {
  const exists = await askList(['for-each-ref', '--format=%(objectname)', STASH])
  if (exists.length === 0) return new Map()
  const ids = await askList(['rev-list', '--walk-reflogs', STASH])
  const names = new Map<string, string>()
  for await (const line of askRevisions(['--no-walk=unsorted', '--parents'], ids)) {
    const [id, , ...parts] = line.split(' ')
    for (const commit of [id!, ...parts]) names.set(commit, `stash@{${ids.indexOf(id!)}}`)
  }
  return names
}

async function listUnreached(reached: ReadonlySet<string>): Promise<{ commits: string[]; blobs: string[] }> {
  const found = { commits: [] as string[], blobs: [] as string[] }
  const asked = ['cat-file', '--batch-all-objects', '--batch-check=%(objecttype) %(objectname)']
  for await (const line of askLines(asked)) {
    const [type, id] = line.split(' ')
    if (reached.has(id!)) continue
    if (type === 'commit') found.commits.push(id!)
    if (type === 'blob') found.blobs.push(id!)
  }
  return found
}

async function* ofCommits(commits: readonly string[], seen: Set<string>): AsyncGenerator<ScanStep> {
  if (commits.length === 0) return
  const places = new Places(seen)
  for await (const commit of walkCommits([...commits, '--not', '--all'])) yield* places.of(commit)
}
