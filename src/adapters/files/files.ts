import { constants } from 'node:fs'
import type { Files } from '../../tasks/world.ts'
import { read } from './read.ts'

export interface FilesOptions {
  /** Pipes and devices are refused: one that nobody writes to would keep a job until its time is over. */
  readonly regularOnly?: boolean
}

/** The file system, with every read bounded and every write atomic. What writes is loaded by those who write. */
export function openFiles({ regularOnly = false }: FilesOptions = {}): Files {
  const how = regularOnly ? constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) : constants.O_RDONLY
  return {
    read: (path, maxBytes) => read(path, maxBytes, how),
    write: async (path, bytes, options) => (await import('./write.ts')).write(path, bytes, options),
    locked: async (path, work) => (await import('./lock.ts')).holdLock(path, work),
  }
}
