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
