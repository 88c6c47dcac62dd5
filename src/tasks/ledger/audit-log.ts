import type { Entry } from '../../core/ledger/entry.ts'
import type { EventKind } from '../../core/ledger/event.ts'
import { noLedger } from '../steps/ledger/no-ledger.ts'
import { type ReadWorld, readLedgerWhole } from '../steps/ledger/read.ts'
import type { Clock } from '../world.ts'

export interface LogRequest {
  /** Null for all. */
  readonly since: Date | null
  /** Empty for all. */
  readonly kinds: readonly EventKind[]
}

export interface LogOutcome {
  /** Oldest first, with those of archives. */
  readonly entries: readonly Entry[]
  /** Whether everything that is there holds together; where it does not, `verifyLedger` says what does not. */
  readonly sound: boolean
}

/**
 * What happened, by the ledger alone. An entry that was altered is not among it.
 *
 * @throws SealwardError not-found where there is no ledger; limit, io
 */
export async function readLog({ since, kinds }: LogRequest, world: ReadWorld & { clock: Clock }): Promise<LogOutcome> {
  const ledger = await readLedgerWhole(world, world.clock.now())
  if (ledger === null) throw noLedger()
  const entries = ledger.ordered.filter(
    ({ time, event }) => (since === null || time >= since) && (kinds.length === 0 || kinds.includes(event.kind)),
  )
  return { entries, sound: ledger.problems.every(({ level }) => level !== 'fault') }
}
