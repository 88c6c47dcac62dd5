import { isCredentialName, RECORD_BYTES } from '../../../core/credential/record/place.ts'
import type { FetchedFile, FetchedRotations } from '../../../tasks/world/git/rotation-branch.ts'
import type { Teller } from '../../../tasks/world.ts'
import { askList } from '../sources/plumbing/git.ts'
import { openObjectReader } from '../sources/plumbing/objects.ts'

const BLOB = /^([0-9a-f]{40}|[0-9a-f]{64}) blob (\d{1,15})$/
/** Where branches are: a remote is one word. */
const BRANCH = /^refs\/(?:heads|remotes\/([^/]+))\/(.+)$/
const MOST = 10_000

/** Of the repository that this process is in: three git processes, however many branches there are. */
export function openFetchedRotations(teller: Pick<Teller, 'warn'>): FetchedRotations {
  return {
    async read(prefix, pathOf) {
      const branches = await branchesOf(prefix)
      if (branches.length === MOST)
        teller.warn(`of more than ${MOST} branches of rotations, the others were not looked at`)
      const places = branches.map(({ ref, name }) => `${ref}:${pathOf(name)}`)
      const looked = places.length === 0 ? [] : await askList(['cat-file', '--batch-check'], { input: linesOf(places) })
      return readBlobs(branches, looked)
    },
  }
}

interface Branch {
  readonly ref: string
  /** As git shows it. */
  readonly branch: string
  /** Of the credential. */
  readonly name: string
}

/** A `*` takes no `/`. git-for-each-ref(1). */
async function branchesOf(prefix: string): Promise<Branch[]> {
  const places = [`refs/heads/${prefix}*`, `refs/remotes/*/${prefix}*`]
  const refs = await askList(['for-each-ref', `--count=${MOST}`, '--format=%(refname)', ...places])
  return refs.flatMap((ref) => {
    const [, remote, path = ''] = BRANCH.exec(ref) ?? []
    const name = path.startsWith(prefix) ? path.slice(prefix.length) : ''
    return isCredentialName(name) ? [{ ref, name, branch: remote === undefined ? path : `${remote}/${path}` }] : []
  })
}

/** What is no file, or larger than one of them is, is passed over: whoever may push can write anything there. */
async function readBlobs(branches: readonly Branch[], looked: readonly string[]): Promise<FetchedFile[]> {
  const files = branches.flatMap((branch, index) => {
    const [, id, size] = BLOB.exec(looked[index] ?? '') ?? []
    return id !== undefined && Number(size) <= RECORD_BYTES ? [{ ...branch, id }] : []
  })
  const found: FetchedFile[] = []
  const reader = openObjectReader(RECORD_BYTES)
  try {
    let at = 0
    for await (const answer of reader.read(files.map(({ branch, id }) => ({ kind: 'place', path: branch, id })))) {
      const { branch, name } = files[at++]!
      if (answer.kind !== 'unread') found.push({ branch, name, bytes: Uint8Array.from(answer.bytes) })
    }
    return found
  } finally {
    reader.close()
  }
}

function* linesOf(places: readonly string[]): Generator<string> {
  for (const place of places) yield `${place}\n`
}
