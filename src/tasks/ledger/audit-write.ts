import { SealwardError } from '../../core/errors.ts'
import { type ArchivePlan, beforeOf, planArchive } from '../../core/ledger/archive.ts'
import { type Entry, isEntry } from '../../core/ledger/entry.ts'
import { LEDGER_BYTES, LEDGER_FILE, printLedger } from '../../core/ledger/ledger-file.ts'
import type { LedgerProblem } from '../../core/ledger/problem.ts'
import {
  CHECKPOINT_NAMESPACE,
  checkpointPath,
  checkpointText,
  printCheckpoint,
} from '../../core/ledger/tree/checkpoint.ts'
import { type Extent, extentsOf } from '../../core/ledger/tree/sweep.ts'
import { type AppendWorld, appendEntries, continueLedger, readWhole, writeLedger } from '../steps/ledger/append.ts'
import { noLedger } from '../steps/ledger/no-ledger.ts'
import { type ReadLedger, type ReadWorld, readLedgerWhole } from '../steps/ledger/read.ts'
import { chooseKey, fingerprintOf, type KeyWorld } from '../steps/trust/signing-key.ts'

export interface KeeperWorld extends AppendWorld {
  /** Paths from the top of the repository. */
  readonly reading: ReadWorld
}

export interface Checkpointed {
  /** From the top of the repository. */
  readonly file: string
  readonly size: number
  readonly fingerprint: string
}

/** Joins what merges left open, and puts lines that a merge left twice or out of order back. @returns the last entry */
export async function joinLedger(world: KeeperWorld): Promise<Entry> {
  const { head } = await appendEntries([], await existing(world))
  if (head === null) throw noLedger()
  return head
}

/** Writes down that a finding of `verifyLedger` is let pass, and why. */
export async function acceptFinding(about: string, reason: string, world: KeeperWorld): Promise<Entry> {
  const { head } = await appendEntries([{ kind: 'exempted', about, reason }], await existing(world))
  return head!
}

/**
 * Signs everything up to now. It is looked at first: a signature vouches for what is there.
 *
 * @param key as `sealward sign -k` takes it; undefined for the one that git signs with
 * @throws SealwardError malformed for a ledger with faults, not-found, usage, and what signing throws
 */
export async function signCheckpoint(key: string | undefined, world: KeeperWorld & KeyWorld): Promise<Checkpointed> {
  const sign = await chooseKey(key, world)
  const head = await joinLedger(world)
  const ledger = await readSound(world)
  const extent = extentOf(head, ledger)
  const text = checkpointText(extent)
  const message = Buffer.from(text)
  const armored = await sign(message, CHECKPOINT_NAMESPACE)
  const fingerprint = fingerprintOf({ message, armored, namespace: CHECKPOINT_NAMESPACE })
  const file = checkpointPath(head.id)
  await world.files.write(`${world.top}/${file}`, Buffer.from(printCheckpoint(text, armored)), { folders: true })
  return { file, size: extent.size, fingerprint }
}

/**
 * Moves entries of before a day into a file of their own. That file is written first, so that a crash leaves entries twice and never
 * nowhere; an entry says how many there were, which was the first and the last, and the proof of all of them.
 *
 * @returns null when there is nothing to move
 * @throws SealwardError malformed for a ledger with faults, not-found, locked, io
 */
export async function archiveLedger(until: Date, world: KeeperWorld): Promise<ArchivePlan['event'] | null> {
  await joinLedger(world)
  await readSound(world)
  const { files, top, clock, actors } = world
  return files.locked(`${top}/${LEDGER_FILE}`, async () => {
    const lines = await readWhole(top, files)
    const plan = planArchive(lines, until, beforeOf(lines.flatMap(({ read }) => (isEntry(read) ? [read] : []))))
    if (plan === null) return null
    const after = continueLedger(lines, [plan.event], { time: clock.now(), by: await actors.current() })
    const moved = new Set(plan.moved)
    await files.write(`${top}/.sealward/${plan.event.archive}`, printLedger(plan.moved), {})
    await writeLedger(
      after.lines.filter((line) => !moved.has(line)),
      world,
    )
    return plan.event
  })
}

function extentOf({ id }: Entry, { ordered, missing }: ReadLedger): Extent {
  const extent = extentsOf(new Set([id]), ordered, missing).get(id)
  if (extent === undefined)
    throw new SealwardError('not-found', 'an archive is needed that is not here', { file: LEDGER_FILE })
  return extent
}

/** @throws SealwardError malformed, naming the first fault */
async function readSound({ reading, clock }: KeeperWorld): Promise<ReadLedger> {
  const ledger = await readLedgerWhole(reading, clock.now())
  if (ledger === null) throw noLedger()
  const fault: LedgerProblem | undefined = ledger.problems.find(({ level }) => level === 'fault')
  if (fault === undefined) return ledger
  throw new SealwardError('malformed', fault.message, {
    file: fault.file,
    hint: 'nothing was done; sealward audit verify says all that is wrong',
    ...(fault.line !== undefined && { line: fault.line }),
  })
}

/** A ledger begins with something that was done, and not with a question about it. */
async function existing(world: KeeperWorld): Promise<KeeperWorld> {
  const bytes = await world.reading.files.read(LEDGER_FILE, LEDGER_BYTES)
  if (bytes === null || bytes.length === 0) throw noLedger()
  return world
}
