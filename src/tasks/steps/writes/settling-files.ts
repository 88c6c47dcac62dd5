import type { Files } from '../../world.ts'

/** The journal of `writeAll`, in its folder. It is empty where everything is settled. */
export const JOURNAL_FILE = 'writes.json'

/** Files for who writes one at a time: the first lock is given when nothing is left of a change that was interrupted. */
export function settlingFiles(files: Files, settleFirst: () => Promise<unknown>): Files {
  let settled: Promise<unknown> | undefined
  return {
    ...files,
    async locked(path, work) {
      settled ??= settleFirst()
      await settled
      return files.locked(path, work)
    },
  }
}
