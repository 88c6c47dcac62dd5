/** The ports of a step in a job, beside those of world.ts. */

/** Files with secrets in them, inside of the job's own folders and never through a link. */
export interface JobFiles {
  /** Where a path leads, absolute and without links in its root; throws SealwardError `usage` for one that is not the job's. */
  locate(path: string): Promise<string>
  /** Writes atomically, for the user alone; throws SealwardError `usage`, `exists` for an encrypted file in its place, `io`, `not-found`. */
  write(path: string, bytes: Uint8Array): Promise<void>
  /** Removes a regular file; throws SealwardError as `write` does. */
  remove(path: string): Promise<'removed' | 'gone'>
}
