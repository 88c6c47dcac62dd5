import type { Files } from '../../src/tasks/world.ts'

/** Files of a process that dies at a write: that write and all later ones never happen, and nothing can be read any more. */
export interface MortalFiles extends Files {
  /** How many writes there were. */
  readonly writes: () => number
}

/** What a test throws in the place of a process's end. No code of ours may take it for an error that it can handle. */
export class ProcessEnd extends Error {}

/** @param lastWrite how many writes happen; every one where it is not given */
export function mortalFiles(files: Files, lastWrite = Number.POSITIVE_INFINITY): MortalFiles {
  let writes = 0
  let dead = false
  const live = () => {
    if (dead) throw new ProcessEnd()
  }
  return {
    writes: () => writes,
    async read(path, maxBytes) {
      live()
      return files.read(path, maxBytes)
    },
    async write(path, bytes, how) {
      live()
      dead = writes === lastWrite
      live()
      await files.write(path, bytes, how)
      writes += 1
    },
    locked: (path, work) => files.locked(path, work),
  }
}
