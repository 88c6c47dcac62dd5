import type { Origin } from '../../../../core/finding.ts'
import type { ScanPlace, Unread } from '../../../../tasks/world/scan/source.ts'
import { askGit, unexpected } from './git.ts'
import { type LoggedChange, type LoggedCommit, readRawLog } from './raw-log.ts'
import { askRevisions, type Revisions } from './revisions.ts'

export interface WalkedCommit extends LoggedCommit {
  readonly parents: readonly string[]
  /** When it was committed, in ISO 8601. */
  readonly date: string
}

const SUBMODULE = '160000'
const LINK = '120000'
const NOTHING = '000000'

/**
 * For merges `-c`: the paths at which the result is what no parent has. Whatever else a merge holds came with a parent, so each content
 * has the commit that brought it, also where it was slipped into a merge. `-O/dev/null` overrides a configured order.
 */
const DIFF_TREE = [
  'diff-tree',
  '--stdin',
  '--always',
  '--root',
  '-r',
  '-c',
  '--raw',
  '-z',
  '--no-abbrev',
  '--no-renames',
  '--no-ext-diff',
  '--ignore-submodules=none',
  '-O/dev/null',
]

/** Commits with what they changed, parents before children. */
export async function* walkCommits(revisions: Revisions): AsyncGenerator<WalkedCommit> {
  const listed: string[][] = []
  const git = askGit(DIFF_TREE, { input: ids() })
  try {
    for await (const commit of readRawLog(git.stdout as AsyncIterable<Buffer>)) {
      const [seconds, id, ...parents] = listed.shift() ?? []
      if (id !== commit.id) throw unexpected(DIFF_TREE)
      yield { ...commit, parents, date: dateOf(seconds!) }
    }
    await git.done()
  } finally {
    git.stop()
  }

  async function* ids(): AsyncGenerator<string> {
    for await (const line of askRevisions(['--reverse', '--topo-order', '--parents', '--timestamp'], revisions)) {
      const words = line.split(' ')
      listed.push(words)
      yield `${words[1]}\n`
    }
  }
}

/** @param seconds since 1970, as rev-list has them; a commit can hold any number */
export function dateOf(seconds: string): string {
  const date = new Date(Number(seconds) * 1000)
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString()
}

/** Turns changes into places: each content once, with the commit that brought it first. */
export class Places {
  readonly seen: Set<string>
  readonly #submodules = new Set<string>()
  readonly #originOf: (commit: WalkedCommit) => Origin

  /** @param seen ids that need no looking at; those of the places are added */
  constructor(seen = new Set<string>(), originOf = ({ id }: WalkedCommit): Origin => ({ commit: id })) {
    this.seen = seen
    this.#originOf = originOf
  }

  *of(commit: WalkedCommit): Generator<ScanPlace | Unread> {
    const origin = this.#originOf(commit)
    for (const change of commit.changes) {
      if (change.mode === SUBMODULE) yield* this.#submodule(change.path)
      else if (change.mode !== NOTHING && !this.seen.has(change.id)) {
        this.seen.add(change.id)
        yield placeOf(change, origin)
      }
    }
  }

  *#submodule(path: string): Generator<Unread> {
    if (this.#submodules.has(path)) return
    this.#submodules.add(path)
    yield { kind: 'unread', path, why: 'a submodule: this repository holds no more than the id of its commit' }
  }
}

function placeOf({ path, rawPath, mode, id, before }: LoggedChange, origin: Origin): ScanPlace {
  return {
    kind: 'place',
    path,
    ...(rawPath === undefined ? {} : { rawPath }),
    id,
    ...(mode === LINK ? { link: true } : {}),
    origin,
    ...(before.length > 0 ? { before } : {}),
  }
}
