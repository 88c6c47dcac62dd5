/** The ports of where a rotation of credentials is written down: a branch of the repository, and who may write to it now. */

/**
 * The newest that was committed, at the remote where there is one. Nothing in the working tree or the index is read or changed.
 */
export interface RotationBranch {
  /** A file as the rotation's own branch has it or, where that is not there, as the branch that counts has it; null where neither has. */
  read(path: string): Promise<Uint8Array | null>
  /** A file as the branch that counts has it, whatever the rotation's own branch has: anybody may push to that one. */
  readCounting(path: string): Promise<Uint8Array | null>
  /**
   * Commits these files and pushes them, in one step.
   *
   * @throws SealwardError `locked` where somebody else pushed meanwhile or a file is not what `before` says: nothing is changed then;
   *   `git` where the remote refuses for another reason, such as a protected branch
   */
  commit(commit: RotationCommit): Promise<void>
  /** Since when what was committed last is on the branch that counts; null while it is not. */
  arrivedAt(path: string): Promise<Date | null>
}

export interface RotationCommit {
  /** One line, without a secret. */
  readonly message: string
  /** Paths from the top of the repository; `after` null removes the file. */
  readonly files: readonly {
    readonly path: string
    readonly before: Uint8Array | null
    readonly after: Uint8Array | null
  }[]
}

/** Who may rotate now. */
export interface RotationLocks {
  /**
   * Runs `work` while nobody else, on any machine, may rotate what this name stands for. A lock that is older than an hour is taken over.
   *
   * @throws SealwardError `locked`, which says since when and by which run
   */
  within<T>(name: string, work: () => Promise<T>): Promise<T>
}

/** The pull request of a rotation's own branch. */
export interface RotationRequests {
  /** Opens it, or brings its text up to date. @returns its address; null where commits go to the branch that counts directly */
  ensure(request: { readonly title: string; readonly body: string }): Promise<string | null>
}

/** What a branch of a rotation has. */
export interface FetchedFile {
  /** As git shows it: `origin/sealward/rotation/orders-db`. */
  readonly branch: string
  /** Of the credential. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** The branches of rotations as this clone knows them: its own, and those of remotes as they were fetched. No network. */
export interface FetchedRotations {
  /**
   * A file of each of them that has it.
   *
   * @param prefix of the branches; what is behind it is the name of the credential
   * @param pathOf where the file of a credential is
   */
  read(prefix: string, pathOf: (name: string) => string): Promise<readonly FetchedFile[]>
}
