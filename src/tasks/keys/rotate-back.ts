import { isEncryptedFile } from '../../core/envelope/file.ts'
import { SealwardError } from '../../core/errors.ts'
import { digestOf, fingerprintOf } from '../../core/ledger/marks.ts'
import { printable } from '../../core/report/printable.ts'
import type { Rotation } from '../../core/rotation/state.ts'
import { type FileWrite, JOURNAL_BYTES, readJournal, sameBytes } from '../../core/writes/journal.ts'
import { unlockBytes } from '../steps/keys/unlock.ts'
import type { RotateKeyWorld } from '../steps/rotation/key-world.ts'
import { backupPath, saveRotation, withRotation } from '../steps/rotation/state-file.ts'
import { rotationEvent, tellOfSignatures } from '../steps/rotation/substitute.ts'
import { settleWrites, writeAll } from '../steps/writes/write-all.ts'

/**
 * Puts every file back to what it was before the last rotation. Each is opened first: nothing comes back that the keys at hand cannot open. The
 * new key stays where it was written.
 *
 * @throws SealwardError not-found where nothing was rotated; unsupported where the old key was taken away, or a file has been changed since;
 *   no-identity. Then no file has changed
 */
export async function rollBackKeyRotation(world: RotateKeyWorld): Promise<Rotation> {
  return withRotation(world, async (rotation) => {
    if (rotation === null || rotation.phase === 'rolled back')
      throw new SealwardError('not-found', 'there is no rotation to roll back')
    if (rotation.finished)
      throw new SealwardError('unsupported', 'the rotation is finished, and the old key has been taken away', {
        hint: 'rotate again instead; git history has the files as they were',
      })
    await settleWrites(world)
    const writes = await reversed(rotation, world)
    const sealed = writes.filter(({ after }) => isEncryptedFile(after))
    for (const { path, after } of sealed) await unlockBytes(after, { path, quotes: 'literal', anyName: true }, world)
    await writeAll(writes, world, async () => world.ledger?.append(eventOf(rotation, sealed, world.top)))
    await tellOfSignatures(sealed, world)
    for (const { target, done } of rotation.pushes)
      if (done !== null)
        world.teller.warn(`${printable(target)} has the new key, which opens nothing now: put the old one there`)
    return saveRotation({ ...rotation, phase: 'rolled back', updated: world.clock.now().toISOString() }, world)
  })
}

/** What is to be written: nothing where the rotation ended before it replaced a file. */
async function reversed(rotation: Rotation, world: RotateKeyWorld): Promise<FileWrite[]> {
  const backup = readJournal(await world.files.read(backupPath(rotation, world), JOURNAL_BYTES))
  const writes: FileWrite[] = []
  for (const { path, before, after } of backup) {
    const found = await world.files.read(`${world.top}/${path}`, JOURNAL_BYTES)
    if (before === null || sameBytes(found, before)) continue
    if (!sameBytes(found, after))
      throw new SealwardError('unsupported', 'has been changed since the rotation, and would lose that', {
        file: path,
        hint: 'rotate again instead; git history has the file as it was',
      })
    writes.push({ path, before: after, after: before })
  }
  return writes
}

function eventOf(rotation: Rotation, sealed: readonly FileWrite[], top: string) {
  const { old, fresh, emergency, environment } = rotation
  const files = sealed.map(({ path, before, after }) => ({
    path: `${top}/${path}`,
    before: digestOf(before!),
    after: digestOf(after),
  }))
  const change = { added: emergency ? [fingerprintOf(old)] : [], removed: [fingerprintOf(fresh)], files }
  return rotationEvent(change, { environment, reason: 'rolled back' })
}
