import { parseRecipient, type RecipientKind } from '../../core/age/recipient.ts'
import { SealwardError } from '../../core/errors.ts'
import { fingerprintOf } from '../../core/ledger/marks.ts'
import { isInGrace, isOpen, outstanding, type Rotation, withPushes } from '../../core/rotation/state.ts'
import { printJournal } from '../../core/writes/journal.ts'
import { IDENTITY_FILE_BYTES, makeKey, writeKey } from '../steps/keys/new-key.ts'
import { chooseFiles } from '../steps/rotation/choose-files.ts'
import { keyFor } from '../steps/rotation/held-keys.ts'
import type { RotateKeyWorld } from '../steps/rotation/key-world.ts'
import { reseal } from '../steps/rotation/reseal.ts'
import { findSealedFiles, type SealedFile } from '../steps/rotation/sealed-files.ts'
import { backupPath, loadRotation, saveRotation, withRotation } from '../steps/rotation/state-file.ts'
import { marksOf, rotationEvent, substitute, tellOfSignatures } from '../steps/rotation/substitute.ts'
import { settleWrites, writeAll } from '../steps/writes/write-all.ts'

export interface RotateKeyRequest {
  /** Where the new identity goes, absolute. Absent: as the rotation that is gone on with has it. */
  readonly output?: string
  /** The recipient to replace; absent where one alone of the keys at hand opens files. */
  readonly replace?: string
  /** The kind of the new key; absent for that of the old one. */
  readonly kind?: RecipientKind
  readonly reason?: string
  /** Only files of this environment. */
  readonly environment?: string
  /** The old key opens nothing any more, from now on. */
  readonly emergency: boolean
  /** How many days it does otherwise. */
  readonly graceDays: number
  /** Set where the new key is to be handed over afterwards: the names of places it is pushed to. */
  readonly handOver?: readonly string[]
}

export interface RotateKeyPlan {
  readonly old: string
  readonly files: readonly string[]
}

const DAY = 24 * 60 * 60 * 1000
const PRIVATE = 0o600

/**
 * Says what a rotation would replace: nothing, where its files are done and only its key is to be handed over. Every file is made anew and held
 * against what it was, for the recipients that it has; nothing is written.
 *
 * @throws SealwardError whatever rotating would throw before it changes something
 */
export async function planKeyRotation(request: RotateKeyRequest, world: RotateKeyWorld): Promise<RotateKeyPlan> {
  const before = await loadRotation(world)
  if (before !== null && onlyHandsOver(before, request)) return { old: before.old, files: [] }
  const { old, due } = await chooseFiles(request, world)
  for (const { path, bytes } of due) await reseal({ path, bytes, keyGroups: (same) => same }, world)
  return { old, files: due.map(({ path }) => path) }
}

/**
 * Makes a new identity and puts its recipient in the place of the old one, in every encrypted file that has it and in sealward.yml. The order
 * is what makes it safe to be killed anywhere: the new key is on disk before the first file needs it; every file has been opened with that very
 * key, and compared, before one is replaced; a backup is there before that; and then all files change or none.
 *
 * Called again after a crash or an error it goes on with the same key; where all was done, it is done.
 *
 * @throws SealwardError usage, not-found, no-identity, exists for the key file, unsupported, locked, or what opening and writing throw. Then
 *   no file has changed
 */
export async function rotateKey(request: RotateKeyRequest, world: RotateKeyWorld): Promise<Rotation> {
  return withRotation(world, async (before) => {
    await settleWrites(world)
    if (before !== null && onlyHandsOver(before, request)) return before
    if (before !== null && (await isDone(before, request, world))) return before
    const rotation = before !== null && isOpen(before) ? resume(before, request) : await begin(before, request, world)
    try {
      return await carryOut(rotation, request, world)
    } catch (error) {
      if (error instanceof SealwardError) await markFailed(error, world)
      throw error
    }
  })
}

/** The very same was asked for and is done: the process may have ended before it could say so. */
async function isDone(before: Rotation, { output }: RotateKeyRequest, { files }: RotateKeyWorld): Promise<boolean> {
  const { phase, finished, keyFile: path, fresh } = before
  return phase === 'completed' && !finished && output === path && (await keyFor(fresh, { path, files })) !== null
}

/** Whatever else was asked for is about a rotation that is to begin, and must not pass for done. */
function onlyHandsOver(rotation: Rotation, request: RotateKeyRequest): boolean {
  const { output, replace, kind, reason, environment, emergency, handOver } = request
  const more = [output, replace, kind, reason, environment].some((one) => one !== undefined) || emergency
  const isAsked = handOver !== undefined || outstanding(rotation).length > 0
  return rotation.phase === 'completed' && isAsked && !more
}

async function begin(before: Rotation | null, request: RotateKeyRequest, world: RotateKeyWorld): Promise<Rotation> {
  if (before !== null && isInGrace(before))
    throw new SealwardError('usage', 'the key before this one still opens the files', {
      hint: '`sealward rotate key --finish` takes it away; `sealward rotate status` says until when it was promised',
    })
  const { output } = request
  if (output === undefined) throw new SealwardError('usage', 'say with -o where the new key goes')
  if ((await world.files.read(output, IDENTITY_FILE_BYTES)) !== null) throw keyIsThere(output)
  const { old, due } = await chooseFiles(request, world)
  const key = await makeKey(request.kind ?? parseRecipient(old).kind, world.clock.now())
  const now = world.clock.now()
  const rotation: Rotation = {
    id: String(now.getTime()),
    phase: 'initiated',
    started: now.toISOString(),
    updated: now.toISOString(),
    old,
    fresh: key.recipient.text,
    keyFile: output,
    emergency: request.emergency,
    reason: request.reason ?? null,
    environment: request.environment ?? null,
    files: due.length,
    graceUntil: null,
    finished: false,
    failure: null,
    pushes: (request.handOver ?? []).map((target) => ({ target, done: null })),
  }
  await saveRotation(rotation, world)
  await writeKey(output, key, world.files)
  if (await isInside(output, world))
    world.teller.warn('the new key is inside the repository: move it out of there before the next commit')
  return rotation
}

/** What was asked for then counts, but what makes it stricter. */
function resume(before: Rotation, request: RotateKeyRequest): Rotation {
  const differs =
    (request.output !== undefined && request.output !== before.keyFile) ||
    (request.environment !== undefined && request.environment !== before.environment) ||
    (request.replace !== undefined && request.replace !== before.old)
  if (differs)
    throw new SealwardError('usage', 'another rotation is under way', {
      hint: '`sealward rotate key` goes on with it, `sealward rotate key --rollback` takes it back',
    })
  const gone = { ...before, emergency: before.emergency || request.emergency, failure: null }
  return withPushes(gone, request.handOver ?? [])
}

async function carryOut(begun: Rotation, request: RotateKeyRequest, world: RotateKeyWorld): Promise<Rotation> {
  const found = await findSealedFiles(world)
  const due = found.filter((file) => isDue(file, begun))
  if (due.length === 0)
    return complete(begun, { ...request, hasOld: found.some((file) => hasBoth(file, begun)) }, world)
  const rotation = await withKeyFile(begun, found, world)
  const proof = (await keyFor(rotation.fresh, { path: rotation.keyFile, files: world.files }))!
  await saveRotation(stamped({ ...rotation, phase: 'in progress', files: due.length }, world), world)
  const inFiles = rotation.emergency ? [rotation.fresh] : [rotation.fresh, rotation.old]
  const writes = await substitute({ old: rotation.old, inFiles, inPolicy: inFiles, files: due, proof }, world)
  const backup = backupPath(rotation, world)
  await world.files.write(backup, printJournal(writes), { exists: 'replace', mode: PRIVATE })
  const verified = await saveRotation(stamped({ ...rotation, phase: 'verified', files: due.length }, world), world)
  await writeAll(writes, world, async () => world.ledger?.append(eventOf(verified, marksOf(writes, due, world.top))))
  await tellOfSignatures(writes, world)
  return complete(verified, { ...request, hasOld: !rotation.emergency }, world)
}

/**
 * After a crash between all files and this they have the new recipient, and nothing but this is left. The files say then whether the old one has
 * to be taken away some day.
 */
function complete(
  rotation: Rotation,
  { graceDays, hasOld }: Pick<RotateKeyRequest, 'graceDays'> & { readonly hasOld: boolean },
  world: RotateKeyWorld,
): Promise<Rotation> {
  const until = new Date(world.clock.now().getTime() + graceDays * DAY).toISOString()
  const graceUntil = hasOld ? until : null
  return saveRotation(stamped({ ...rotation, phase: 'completed', graceUntil }, world), world)
}

/** What is on disk is what counts: the key may be another than the one it began with. */
async function markFailed({ message }: SealwardError, world: RotateKeyWorld): Promise<void> {
  const rotation = await loadRotation(world)
  if (rotation !== null) await saveRotation(stamped({ ...rotation, phase: 'failed', failure: message }, world), world)
}

/** A key that was lost with the process before it was written is no loss: no file knows of it, and another is made. */
async function withKeyFile(rotation: Rotation, found: readonly SealedFile[], world: RotateKeyWorld): Promise<Rotation> {
  const { keyFile: path, fresh } = rotation
  if ((await keyFor(fresh, { path, files: world.files })) !== null) return rotation
  if (found.some(({ recipients }) => recipients.includes(fresh)))
    throw new SealwardError('not-found', 'the new key is not where it was written, and files need it', { file: path })
  const key = await makeKey(parseRecipient(fresh).kind, world.clock.now())
  const again = await saveRotation(
    stamped({ ...rotation, phase: 'initiated', fresh: key.recipient.text }, world),
    world,
  )
  await writeKey(path, key, world.files)
  return again
}

function isDue({ recipients, environment: own }: SealedFile, { old, fresh, environment }: Rotation): boolean {
  return recipients.includes(old) && !recipients.includes(fresh) && (environment === null || own === environment)
}

function hasBoth({ recipients }: SealedFile, { old, fresh }: Rotation): boolean {
  return recipients.includes(old) && recipients.includes(fresh)
}

function eventOf({ old, fresh, emergency, ...rotation }: Rotation, files: ReturnType<typeof marksOf>) {
  const removed = emergency ? [fingerprintOf(old)] : []
  return rotationEvent({ added: [fingerprintOf(fresh)], removed, files }, rotation)
}

function stamped(rotation: Rotation, { clock }: RotateKeyWorld): Rotation {
  return { ...rotation, updated: clock.now().toISOString() }
}

async function isInside(path: string, { names }: RotateKeyWorld): Promise<boolean> {
  return names.nameOf(path).then(
    () => true,
    () => false,
  )
}

function keyIsThere(file: string): SealwardError {
  return new SealwardError('exists', 'is there already, and a key is never overwritten', {
    file,
    hint: 'choose another name with -o',
  })
}
