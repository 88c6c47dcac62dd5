import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { SealwardError } from '../../../core/errors.ts'
import type { Clones } from '../../../tasks/world/git/clone.ts'
import { askList } from '../sources/plumbing/git.ts'
import { openClone } from './clone.ts'
import type { Remote } from './remote.ts'

/** One answer of the server, whatever its size. A repository that needs longer is for a check of its own. */
const TIMEOUT_MS = 300_000

/** Runs a git that fetches, in a folder. */
export type Fetch = (args: readonly string[], input?: Iterable<string>) => Promise<void>

/**
 * Clones without contents and without a working tree: the newest commit and the names in it come first, older commits when they are asked
 * for, and contents when they are read (git's partial clone).
 *
 * @param temporary a folder for them
 */
export function openClones(remote: Remote, temporary: string): Clones {
  return {
    async within(repository, work) {
      const address = remote.addressOf(repository)
      const folder = await mkdtemp(join(temporary, 'sealward-clone-'))
      const before = process.cwd()
      const fetch: Fetch = (args, input = []) => fetchIn(folder, remote, { args, input })
      try {
        await fetch([...CLONE, address, '.'])
        process.chdir(folder)
        return await work(await openClone(fetch))
      } finally {
        process.chdir(before)
        await rm(folder, { recursive: true, force: true, maxRetries: 3 })
      }
    },
  }
}

const CLONE = [
  ...['clone', '--quiet', '--no-checkout', '--depth=1', '--no-tags', '--filter=blob:none', '--template='],
  ...['--no-recurse-submodules', '--'],
]

async function fetchIn(
  folder: string,
  { env }: Remote,
  { args, input }: { readonly args: readonly string[]; readonly input: Iterable<string> },
): Promise<void> {
  try {
    await askList(args, { folder, input, fetch: { env, timeoutMs: TIMEOUT_MS } })
  } catch (error) {
    throw error instanceof SealwardError && error.code === 'git' ? explained(error) : error
  }
}

/** git's own words have addresses in them, so only what they mean is passed on. */
function explained(error: SealwardError): SealwardError {
  const said = `${error.message} ${error.hint ?? ''}`
  if (/not found|error: 40[134]|Authentication failed|could not read (?:Username|Password)|access denied/i.test(said))
    return new SealwardError('permission', 'the token may not fetch it: it lacks "contents: read" there, or it is gone')
  if (/ended by SIG/.test(said))
    return new SealwardError('limit', `fetching it takes longer than ${TIMEOUT_MS / 1000} seconds`)
  return new SealwardError('git', error.message)
}
