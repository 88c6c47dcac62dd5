import { constants } from 'node:fs'
import type { Files } from '../../tasks/world.ts'
import { isLookedFor, requireOwnFolder } from './own-folder.ts'
import { read } from './read.ts'

export interface FilesOptions {
  /** Pipes and devices are refused: one that nobody writes to would keep a job until its time is over. */
  readonly regularOnly?: boolean
}

const REGULAR = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** The file system, with every read bounded and every write atomic. What writes is loaded by those who write. */
export function openFiles({ regularOnly = false }: FilesOptions = {}): Files {
  return {
    async read(path, maxBytes) {
      requireOwnFolder(path)
      return read(path, maxBytes, regularOnly || isLookedFor(path) ? REGULAR : constants.O_RDONLY)
    },
    async write(path, bytes, options) {
      requireOwnFolder(path)
      await (await import('./write.ts')).write(path, bytes, options)
    },
    async locked(path, work) {
      requireOwnFolder(path)
      return (await import('./lock.ts')).holdLock(path, work)
    },
  }
}
