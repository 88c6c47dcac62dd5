import type { Actor } from '../../core/ledger/actor.ts'
import type { LedgerEvent } from '../../core/ledger/event.ts'

/** The ports of the ledger: for who does something that it keeps, and for the ledger itself. */

/** Where what was done is written down. */
export interface Ledger {
  /**
   * Writes an entry; nothing where the repository keeps no ledger. It is called before the files are changed: what cannot be written down
   * is not done, and a crash in between leaves an entry that says so.
   *
   * @param event whose paths are as the command has them
   * @returns the files that are to be committed with the change, from the top of the repository; none where nothing is kept
   * @throws SealwardError malformed for a ledger that cannot be read, locked, limit, io, policy-invalid
   */
  append(event: LedgerEvent): Promise<readonly string[]>
}

/** Who runs this program. */
export interface Actors {
  current(): Promise<Actor>
}

/** How a job hands on what it did, to where it cannot write itself. */
export const LEDGER_WAYS = ['webhook', 'pull-request'] as const
export type LedgerWay = (typeof LEDGER_WAYS)[number]

/** The ledger of a repository on its default branch, and on a branch of its own that a pull request is for. */
export interface LedgerBranch {
  read(): Promise<BranchedLedger>
  /**
   * Commits a ledger to the branch, which is made where it is not there, and opens its pull request where none is open.
   *
   * @returns the address of the pull request; null where somebody else wrote to the branch since it was read: nothing has changed then
   */
  write(ledger: Uint8Array, after: BranchedLedger): Promise<string | null>
}

export interface BranchedLedger {
  /** Contents that there are: the default branch's, and that of the branch. */
  readonly ledgers: readonly Uint8Array[]
  /** What `write` needs to see that nothing has come since. */
  readonly tips: { readonly base: string; readonly own: string | null }
}
