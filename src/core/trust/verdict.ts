/** Whether a run, or a file in it, may be given secrets. `reason` follows nothing and quotes nothing but names; `advice` is the safe way. */
export type TrustVerdict =
  | { readonly kind: 'trusted' }
  | { readonly kind: 'foreign'; readonly why: ForeignWhy; readonly reason: string; readonly advice: string }
  | {
      readonly kind: 'ref'
      readonly why: RefWhy
      readonly file: string
      readonly reason: string
      readonly advice: string
    }

/**
 * - `fork`: a pull request of another repository, in a run that should have no secrets
 * - `foreign-head`: another repository's commit, in a run that has them
 * - `deleted-head`: the same, of a repository that is gone
 * - `unreadable`: the payload does not say whose commit it is
 * - `no-event`: the environment does not say what kind of run this is
 * - `checkout`: anybody may cause the event, and the workspace is not at the commit of the run
 */
export type ForeignWhy = 'fork' | 'foreign-head' | 'deleted-head' | 'unreadable' | 'no-event' | 'checkout'

/** Why a file is not known to be the commit's own. */
export type RefWhy = Exclude<BlobOutcome, 'same'>

/**
 * How the bytes of a file compare with what the commit of the run has at its path.
 *
 * - `same`: the same bytes, or the same with the line ends of this system
 * - `absent`: the commit has no file there
 * - `no-commit`: the repository of the file does not have the commit
 * - `no-repository`: the file lies in no git repository
 * - `no-git`: there is no git to ask
 * - `unreadable`: git did not answer, or not truly
 */
export type BlobOutcome = 'same' | 'differs' | 'absent' | 'no-commit' | 'no-repository' | 'no-git' | 'unreadable'

/** One file against the commit of the run. */
export interface Comparison {
  /** What messages call it. */
  readonly file: string
  readonly blob: BlobOutcome
  /** The commit that is checked out where the file is; null when it is not known. */
  readonly head: string | null
}

export const TRUSTED: TrustVerdict = { kind: 'trusted' }
