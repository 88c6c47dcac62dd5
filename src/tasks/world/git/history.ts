import type { HistoryCommit } from '../../../core/check/history/commit.ts'
import type { StoredBlob } from './repository.ts'

/** The port of what git remembers of a few files. */

/** The history of files that HEAD reaches. */
export interface FollowedHistory {
  /** Parents before children; the last one has what HEAD has. Empty where no commit has any of the files. */
  readonly commits: readonly HistoryCommit[]
  /** Older commits exist, and are not in this clone. */
  readonly isShallow: boolean
}

export interface FileHistory {
  /**
   * @param paths from the top of the repository, with '/' separators; one with a line feed has no history
   * @throws SealwardError git when this is no repository, or git fails
   */
  follow(paths: readonly string[]): Promise<FollowedHistory>
  /** Contents by their ids, in that order, as they are asked for. `bytes` is null for what is not in this clone. */
  read(ids: readonly string[]): AsyncIterable<StoredBlob>
}

/** Who wrote commits. */
export interface Authors {
  /** @returns names as the commits have them, by the commits' ids */
  of(commits: readonly string[]): Promise<ReadonlyMap<string, string>>
}

/** Files that are encrypted by what they are called, and were in the repository once. */
export interface PastNames {
  /** @returns paths from the top of the repository, as HEAD's history has them; none outside of a repository */
  list(): Promise<readonly string[]>
}
