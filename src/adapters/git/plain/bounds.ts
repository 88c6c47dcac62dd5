import { SealwardError } from '../../../core/errors.ts'

/** A repository with more packs than this wants `git gc`, and is left to git. */
export const MAX_PACKS = 64
/** What git itself makes at most, unless `pack.depth` says otherwise. */
export const MAX_DELTAS = 50
/** All that is read and unpacked for one repository. Beyond it git is quicker. */
export const TOTAL_BYTES = 64 * 1024 * 1024

/** What may still be read and unpacked: no single limit stops a small file that unpacks to a large one fifty times over. */
export interface Budget {
  /** @throws SealwardError git when there is less left; to be asked before the memory is taken */
  spend(bytes: number): void
}

export function openBudget(total = TOTAL_BYTES): Budget {
  let left = total
  return {
    spend(bytes) {
      left -= bytes
      if (left < 0) throw unusual('the objects on the way are too large')
    },
  }
}

/** What this folder says to everything that git would not have written, or seldom writes: git is asked then. */
export function unusual(what: string): SealwardError {
  return new SealwardError('git', what)
}

/**
 * Runs what reads bytes that anybody may have written: whatever goes wrong in there (no file, no memory for a length that is a lie,
 * a stream that breaks off) means the same.
 *
 * @returns null for anything that was thrown
 */
export function attempt<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}
