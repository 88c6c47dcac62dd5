import { SealwardError } from '../../../core/errors.ts'
import { isEntry } from '../../../core/ledger/entry.ts'
import type { LedgerEvent } from '../../../core/ledger/event.ts'
import { LEDGER_FILE, readLedger } from '../../../core/ledger/ledger-file.ts'
import type { RotationRequest } from '../../../core/request/request.ts'
import { claim, printState, type RequestLimits, readState, withBad } from '../../../core/request/state.ts'
import type { RequestRefusal, RequestVerdict } from '../../../core/request/verdict.ts'
import type { RequestMemory } from '../../world/git/requests.ts'
import type { RotationBranch } from '../../world/git/rotation-branch.ts'
import type { Actors } from '../../world/ledger.ts'
import type { Clock, Configs, Teller } from '../../world.ts'
import { withLedger } from '../credential/ledger.ts'
import type { Deliveries } from '../credential/run.ts'

export interface KeepWorld {
  readonly memory: RequestMemory
  readonly deliveries: Deliveries
  readonly configs: Configs
  readonly actors: Actors
  readonly clock: Clock
  readonly teller: Pick<Teller, 'warn'>
}

/** A request that is right in itself. */
export interface Taken {
  readonly request: RotationRequest
  /** The number of the account that sent it; null where it is not known. */
  readonly source: string | null
  readonly limits: RequestLimits
}

/** Others are at it too: a few tries do. */
const TRIES = 5

/**
 * Takes a request for good: into the memory that all runs share, where whoever is second does nothing more, then into the ledger.
 *
 * @throws SealwardError policy-invalid where the repository keeps no ledger; locked where too many are at it; what git throws
 */
export async function keepRequest(taken: Taken, world: KeepWorld): Promise<RequestVerdict> {
  const { request } = taken
  const { branch } = await world.deliveries.open(request.credential)
  const event = { kind: 'request-accepted', ...ledgerMembers(request) } as const
  const entry = { event, message: `Accept a request to rotate ${request.credential}` }
  if (await hasRequest(branch, request.id)) return { kind: 'replayed' }
  await changesOf(branch, entry, world) // Without a ledger nothing is used up.
  const refusal = await claimOnce(taken, world)
  if (refusal !== null) return refusal
  await writeDown(branch, entry, world)
  return { kind: 'ok', request }
}

async function claimOnce({ request, source, limits }: Taken, world: KeepWorld): Promise<RequestRefusal | null> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const before = await world.memory.read()
    const now = world.clock.now().getTime()
    const { id, credential: secret } = request
    const wish = { id, secret, until: request.notAfter.getTime(), source }
    const state = claim(readState(before.bytes), wish, { limits, now })
    if (typeof state === 'string') return { kind: state }
    if (await world.memory.write(printState(state, now), before)) return null
  }
  throw new SealwardError('locked', 'too many requests come in at once for one to be remembered', {
    hint: 'send it again',
  })
}

/** Remembers that a request came that nobody signed. That somebody else was quicker, or that nothing can be written, is no reason to let it in. */
export async function rememberBad(source: string | null, { memory, clock, teller }: KeepWorld): Promise<void> {
  try {
    const before = await memory.read()
    const now = clock.now().getTime()
    const state = withBad(readState(before.bytes), source, now)
    if (state !== null) await memory.write(printState(state, now), before)
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    teller.warn(`that a request was refused could not be remembered: ${error.message}`)
  }
}

interface LedgerCommit {
  readonly event: LedgerEvent
  readonly message: string
}

async function writeDown(branch: RotationBranch, entry: LedgerCommit, world: KeepWorld): Promise<void> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await branch.commit({ message: entry.message, files: await changesOf(branch, entry, world) })
    } catch (error) {
      if (!(error instanceof SealwardError && error.code === 'locked') || attempt === TRIES) throw error
    }
}

/** @throws SealwardError policy-invalid where the repository keeps no ledger */
async function changesOf(branch: RotationBranch, { event }: LedgerCommit, world: KeepWorld) {
  const files = await withLedger([], event, { branch, world })
  if (files.length > 0) return files
  throw new SealwardError('policy-invalid', 'requests are taken only where there is a ledger', {
    file: 'sealward.yml',
    hint: 'write `ledger: true` into sealward.yml: docs/ledger.md',
  })
}

async function hasRequest(branch: RotationBranch, id: string): Promise<boolean> {
  const bytes = await branch.read(LEDGER_FILE)
  if (bytes === null || !Buffer.from(bytes).includes(id)) return false
  return readLedger(bytes).some(({ read }) => isEntry(read) && read.event.request === id)
}

function ledgerMembers({ id, credential, requester, reason }: RotationRequest) {
  return { request: id, credential, requester, ...(reason !== undefined && { reason }) }
}
