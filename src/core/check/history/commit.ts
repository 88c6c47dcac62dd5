/** A commit that touched a followed file, as history has it. */
export interface HistoryCommit {
  readonly id: string
  /** Among the listed commits: whatever stands between changed none of the files. */
  readonly parents: readonly string[]
  /** When it was committed, by the clock of whoever did. */
  readonly date: Date
  /** A shallow clone ends here: what was before is not known. */
  readonly isCut: boolean
  /** What the commit made of followed files. Of a merge, every followed path at which its parents may differ. */
  readonly changes: readonly PathChange[]
  /** What it took away, where it brought a followed file: one of them may be the same file by its old name. */
  readonly gone: readonly PathBlob[]
}

export interface PathChange {
  readonly path: string
  /** The id of the content; null where the commit does not have the file. */
  readonly id: string | null
  /** No parent has anything at this path. */
  readonly isNew: boolean
}

export interface PathBlob {
  readonly path: string
  readonly id: string
}
