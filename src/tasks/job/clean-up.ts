import { SealwardError } from '../../core/errors.ts'
import { readState } from '../../core/job/state.ts'
import type { JobFiles } from '../world/job.ts'

/** What became of the files that a step wrote. */
export interface CleanUp {
  readonly removed: readonly string[]
  /** Removed before by somebody else. */
  readonly gone: readonly string[]
  readonly left: readonly { readonly path: string; readonly reason: string }[]
}

/**
 * Removes the files that a step wrote: those that are regular files still, and still inside of the job's folders. One that stays does
 * not keep the others.
 *
 * @param state as the step left it, undefined when it did not come so far
 * @throws SealwardError malformed for a state that is not the step's
 */
export async function cleanUp(
  state: string | undefined,
  { jobFiles }: { readonly jobFiles: Pick<JobFiles, 'remove'> },
): Promise<CleanUp> {
  const removed: string[] = []
  const gone: string[] = []
  const left: { path: string; reason: string }[] = []
  for (const path of readState(state)?.files ?? []) {
    try {
      const outcome = await jobFiles.remove(path)
      ;(outcome === 'removed' ? removed : gone).push(path)
    } catch (error) {
      if (!(error instanceof SealwardError)) throw error
      left.push({ path, reason: error.message })
    }
  }
  return { removed, gone, left }
}
