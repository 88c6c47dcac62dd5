import { SealwardError } from '../../core/errors.ts'
import { fingerprintOf } from '../../core/ledger/marks.ts'
import { isInGrace, outstanding, type Rotation } from '../../core/rotation/state.ts'
import { joinKeys, keyFor } from '../steps/rotation/held-keys.ts'
import type { RotateKeyWorld } from '../steps/rotation/key-world.ts'
import { findSealedFiles } from '../steps/rotation/sealed-files.ts'
import { saveRotation, withRotation } from '../steps/rotation/state-file.ts'
import { marksOf, rotationEvent, substitute, tellOfSignatures } from '../steps/rotation/substitute.ts'
import { settleWrites, writeAll } from '../steps/writes/write-all.ts'

/**
 * Takes the old recipient away, under new data keys, when the time with both is over. The new key has to be at hand: whoever does this opens
 * every file with it first.
 *
 * @param request `early`: although it is not over yet
 * @throws SealwardError usage where there is nothing to finish, or it is too early; no-identity; what opening and writing throw. Then no file
 *   has changed
 */
export async function finishKeyRotation(
  request: { readonly early: boolean },
  world: RotateKeyWorld,
): Promise<Rotation> {
  return withRotation(world, async (rotation) => {
    if (rotation === null || !isInGrace(rotation))
      throw new SealwardError('usage', 'no rotation waits to be finished', {
        hint: '`sealward rotate status` says more',
      })
    const until = rotation.graceUntil!
    if (world.clock.now() < new Date(until) && !request.early)
      throw new SealwardError('usage', `the old key was promised until ${until.slice(0, 10)}`, {
        hint: 'give --emergency if it has to go now',
      })
    if (outstanding(rotation).length > 0 && !request.early)
      throw new SealwardError('usage', 'the new key has not been put everywhere yet, and the old one is needed there', {
        hint: '`sealward rotate key` does that now; give --emergency if the old one has to go all the same',
      })
    await settleWrites(world)
    const { keyFile: path, fresh, old, environment } = rotation
    const proof = await keyFor(fresh, { path, files: world.files, elsewhere: world.keys })
    if (proof === null)
      throw new SealwardError('no-identity', 'the new key is not at hand', { hint: 'give it with -i FILE' })
    const due = (await findSealedFiles(world)).filter(
      (file) => file.recipients.includes(old) && (environment === null || file.environment === environment),
    )
    const writes = await substitute(
      { old, inFiles: [fresh], inPolicy: [], files: due, proof },
      { ...world, keys: joinKeys(proof, world.keys) },
    )
    const files = marksOf(writes, due, world.top)
    const event = rotationEvent({ added: [], removed: [fingerprintOf(old)], files }, rotation)
    await writeAll(writes, world, async () => world.ledger?.append(event))
    await tellOfSignatures(writes, world)
    const updated = world.clock.now().toISOString()
    return saveRotation({ ...rotation, updated, graceUntil: null, finished: true }, world)
  })
}
