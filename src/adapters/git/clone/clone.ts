import { SealwardError } from '../../../core/errors.ts'
import type { Clone } from '../../../tasks/world/git/clone.ts'
import type { ScanPlace, ScanSource } from '../../../tasks/world/scan/source.ts'
import { openFileHistory } from '../history/follow.ts'
import { commitAt } from '../sources/change.ts'
import { openCommitTree } from '../sources/commit-tree.ts'
import { readFacts } from '../sources/plumbing/facts.ts'
import { openObjectReader } from '../sources/plumbing/objects.ts'
import type { Fetch } from './clones.ts'

/** Contents by their ids, as git itself asks a server for what it lacks, but all of them at once. */
const CONTENTS = [
  ...['-c', 'fetch.negotiationAlgorithm=noop', 'fetch', 'origin', '--quiet', '--no-tags', '--no-write-fetch-head'],
  ...['--recurse-submodules=no', '--filter=blob:none', '--stdin'],
]
const OLDER = [
  'fetch',
  'origin',
  '--quiet',
  '--no-tags',
  '--unshallow',
  '--filter=blob:none',
  '--recurse-submodules=no',
]

/** The clone that this process stands in. */
export async function openClone(fetch: Fetch): Promise<Clone> {
  const head = await commitAt('HEAD')
  const places = head === null ? [] : await listPlaces(head)
  const ids = new Map(places.map(({ path, id }) => [path, id]))
  const contents = new Contents(fetch)
  const history = openFileHistory()
  return {
    source: sourceOf(places),
    files: {
      async read(path, maxBytes) {
        const id = ids.get(path)
        return id === undefined ? null : contents.read({ path, id }, maxBytes)
      },
    },
    history: {
      follow: (paths) => history.follow(paths),
      async *read(wanted) {
        // What does not come is missing in the answers, which say so.
        await contents.bring(wanted).catch(passOver)
        yield* history.read(wanted)
      },
    },
    async deepen(paths) {
      const { shallow } = await readFacts()
      if (shallow) await fetch(OLDER)
      await contents.bring(paths.flatMap((path) => ids.get(path) ?? []))
    },
  }
}

type Listed = Pick<ScanPlace, 'path' | 'link'> & { readonly id: string }

async function listPlaces(commit: string): Promise<Listed[]> {
  const places: Listed[] = []
  // What is no UTF-8 cannot be named, and a link leads nowhere here.
  for await (const step of openCommitTree(commit).steps())
    if (step.kind === 'place' && step.rawPath === undefined && step.link !== true)
      places.push({ path: step.path, id: step.id! })
  return places
}

/** Without ids: to who checks, these are files that are there. */
function sourceOf(places: readonly Listed[]): ScanSource {
  return {
    what: 'files',
    async *steps() {
      for (const { path } of places) yield { kind: 'place', path }
    },
  }
}

/** What has been fetched. A server that knows no partial clones has sent everything, and is asked in vain. */
class Contents {
  readonly #fetch: Fetch
  readonly #here = new Set<string>()

  constructor(fetch: Fetch) {
    this.#fetch = fetch
  }

  async bring(ids: readonly string[]): Promise<void> {
    const wanted = [...new Set(ids)].filter((id) => !this.#here.has(id))
    if (wanted.length === 0) return
    await this.#fetch(
      CONTENTS,
      wanted.map((id) => `${id}\n`),
    )
    for (const id of wanted) this.#here.add(id)
  }

  /** @throws SealwardError limit past `maxBytes`, git, io when the server has it not */
  async read({ path, id }: { readonly path: string; readonly id: string }, maxBytes: number): Promise<Uint8Array> {
    await this.bring([id])
    const reader = openObjectReader(maxBytes)
    try {
      for await (const answer of reader.read([{ kind: 'place', path, id }])) {
        if (answer.kind === 'unread') break
        if (answer.size > maxBytes) throw new SealwardError('limit', `is larger than ${maxBytes} bytes`, { file: path })
        return Uint8Array.from(answer.bytes)
      }
      throw new SealwardError('io', 'could not be fetched', { file: path })
    } finally {
      reader.close()
    }
  }
}

function passOver(error: unknown): void {
  if (!(error instanceof SealwardError)) throw error
}
