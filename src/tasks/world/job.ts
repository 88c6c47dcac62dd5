/** The ports of a step in a job, beside those of world.ts. */

import type { JobEnvironment } from '../../core/trust/facts.ts'
import type { Comparison } from '../../core/trust/verdict.ts'

/** Files with secrets in them, inside of the job's own folders and never through a link. */
export interface JobFiles {
  /** Where a path leads, absolute and without links in its root; throws SealwardError `usage` for one that is not the job's. */
  locate(path: string): Promise<string>
  /** Writes atomically, for the user alone; throws SealwardError `usage`, `exists` for an encrypted file in its place, `io`, `not-found`. */
  write(path: string, bytes: Uint8Array): Promise<void>
  /** Removes a regular file; throws SealwardError as `write` does. */
  remove(path: string): Promise<'removed' | 'gone'>
}

/** The commit that the workflow run is for. */
export interface RunCommit {
  /** Never throws: what cannot be compared is an outcome. */
  compare(files: readonly { readonly path: string; readonly bytes: Uint8Array }[]): Promise<readonly Comparison[]>
}

/** What GitHub itself says of the job. */
export interface JobIdentity {
  /** Makes a network call; throws SealwardError io, limit. */
  environment(): Promise<JobEnvironment>
}
