import type { Archives } from '../../tasks/world/scan/archive.ts'

/** Opens archives. What does it is loaded when the first one is met. */
export function openArchives(): Archives {
  return {
    async *read(bytes, name) {
      const { readArchive } = await import('./read-archive.ts')
      yield* readArchive(bytes, { name })
    },
  }
}
