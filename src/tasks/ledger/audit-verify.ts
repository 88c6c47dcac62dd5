import type { LedgerProblem } from '../../core/ledger/problem.ts'
import { judgeCheckpoints } from '../steps/ledger/checkpoints.ts'
import { noLedger } from '../steps/ledger/no-ledger.ts'
import { readLedgerWhole } from '../steps/ledger/read.ts'
import { compareWithRepository, type RepositoryWorld } from '../steps/ledger/repository.ts'
import type { Clock, Configs } from '../world.ts'

/** Paths that go in and come out are from the top of the repository. */
export interface AuditWorld extends RepositoryWorld {
  readonly configs: Configs
  readonly clock: Clock
}

export interface AuditOutcome {
  /** How many entries there are, with those of archives. */
  readonly entries: number
  /** How many of them a good checkpoint vouches for. */
  readonly covered: number
  readonly checkpoints: number
  /** Faults first; those of one file in the order of its lines. */
  readonly problems: readonly LedgerProblem[]
  /** How many are let pass by entries. */
  readonly exempted: number
}

/**
 * Verifies the ledger: every entry by itself and against those it follows, archives, checkpoints, and all of it against git.
 *
 * @throws SealwardError not-found where there is no ledger; limit, io, git, policy-invalid
 */
export async function verifyLedger(world: AuditWorld): Promise<AuditOutcome> {
  const now = world.clock.now()
  const ledger = await readLedgerWhole(world, now)
  if (ledger === null) throw noLedger()
  const { problems, covered, good } = await judgeCheckpoints(ledger, world, now)
  const all = [...ledger.problems, ...problems, ...(await compareWithRepository(ledger, world))]
  const exempt = new Set(ledger.ordered.flatMap(({ event }) => event.about ?? []))
  const counting = all.filter(({ key }) => key === undefined || !exempt.has(key))
  return {
    entries: ledger.ordered.length + (ledger.missing?.tree.size ?? 0),
    ...{ covered, checkpoints: good, exempted: all.length - counting.length },
    problems: counting.toSorted(byLevel),
  }
}

/** A stable sort: within a level the order stays. */
function byLevel(one: LedgerProblem, other: LedgerProblem): number {
  return Number(one.level === 'notice') - Number(other.level === 'notice')
}
