import { SealwardError } from '../../../core/errors.ts'
import type { PastNames } from '../../../tasks/world/git/history.ts'
import { readGit } from '../child.ts'

const MOST_BYTES = 64 * 1024 * 1024

/** @param globs of names, as `:(glob)` pathspecs have them */
export function openPastNames(globs: readonly string[]): PastNames {
  return { list: () => list(globs.map((glob) => `:(top,glob)${glob}`)) }
}

/** Every addition that any commit made, merges too: a name may have come with one. */
async function list(specs: readonly string[]): Promise<readonly string[]> {
  const what = ['--full-history', '--diff-filter=A', '--no-renames', '-m', '--name-only', '--no-show-signature']
  try {
    const answer = await readGit(['log', '-z', '--format=', ...what, 'HEAD', '--', ...specs], MOST_BYTES)
    return [...new Set(answer.toString('utf8').split('\0'))].filter((path) => path !== '').sort()
  } catch (error) {
    // No repository, or one without a commit: nothing was in it.
    if (error instanceof SealwardError && error.code === 'git') return []
    throw error
  }
}
