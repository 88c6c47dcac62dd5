/** Every way in which a ledger can be wrong, or less than it could be. */
export type ProblemKind =
  | 'malformed' // a line that is no entry
  | 'altered' // an entry that is not what its id was made of
  | 'too-long' // a line past the bound
  | 'unended' // a last line that breaks off
  | 'duplicate' // an entry twice
  | 'order' // an entry before one that it follows
  | 'gap' // an entry that follows one that is not there
  | 'sequence' // a number that does not follow those of the parents
  | 'beginnings' // more than one first entry
  | 'fork' // branches that nothing has joined yet
  | 'clock' // an entry that is older than one that it follows, or from the future
  | 'archive' // an archive that is not what its entry says, or is not there
  | 'checkpoint' // a checkpoint that does not fit
  | 'unsigned' // entries that no checkpoint covers
  | 'rewritten' // entries that git's history has and the ledger has no more
  | 'unrecorded' // an encrypted file that changed without an entry
  | 'unused' // an entry about a change that is not there

export interface LedgerProblem {
  readonly kind: ProblemKind
  /** A fault fails the verification; a notice is what honest work leaves, or what nobody can know here. */
  readonly level: 'fault' | 'notice'
  readonly file: string
  /** From 1. */
  readonly line?: number
  readonly message: string
  readonly fix?: string
  /** By what it can be let pass, where it can: `exempted` entries name it. */
  readonly key?: string
}

/** The first 12 digits of an id: enough to find it, and short enough to read. */
export function short(id: string): string {
  return id.slice(0, 12)
}
