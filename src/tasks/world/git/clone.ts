import type { Files } from '../../world.ts'
import type { ScanSource } from '../scan/source.ts'
import type { FileHistory } from './history.ts'

/** The port of repositories that are elsewhere. */

/** The newest commit of a repository's default branch. Nothing of it is written to disk as a file: a name in it leads nowhere. */
export interface Clone {
  /** Its files, by their paths; none where nobody has committed anything yet. */
  readonly source: ScanSource
  /** By paths from its top, with '/' separators. */
  readonly files: Pick<Files, 'read'>
  readonly history: FileHistory
  /**
   * Brings the older commits, which are not here before, and at once the contents of files that will be read; the others come when they are.
   *
   * @throws SealwardError git, permission, limit
   */
  deepen(paths: readonly string[]): Promise<void>
}

export interface Clones {
  /**
   * Brings a repository, has something done with it, and removes it again whatever happens. The process stands in it meanwhile: one at a
   * time.
   *
   * @param repository `owner/name`
   * @throws SealwardError git, permission, limit; and what the work throws
   */
  within<T>(repository: string, work: (clone: Clone) => Promise<T>): Promise<T>
}
