/** The port of what is remembered of requests from outside. */

/** A small file that all runs share, beside the branches: writing it is nobody's commit to review, and starts no workflow. */
export interface RequestMemory {
  read(): Promise<RememberedRequests>
  /**
   * Puts another in its place, for all runs.
   *
   * @returns false where somebody else wrote since it was read: nothing has changed then
   * @throws SealwardError git, permission
   */
  write(bytes: Uint8Array, after: RememberedRequests): Promise<boolean>
}

export interface RememberedRequests {
  /** Null where nothing was ever remembered. */
  readonly bytes: Uint8Array | null
  /** What `write` needs to see that nothing has come since. */
  readonly tip: string | null
}
