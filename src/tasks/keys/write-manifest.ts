import { SealwardError } from '../../core/errors.ts'
import { fingerprintOf } from '../../core/ledger/marks.ts'
import { printManifest, requireNames, type SecretManifest } from '../../core/push/manifest.ts'
import type { Rotation } from '../../core/rotation/state.ts'
import type { Secret } from '../../core/secret.ts'
import { afterTheFiles, type HandOverWorld, rotatedKey } from '../steps/push/rotated-key.ts'
import { withRotation } from '../steps/rotation/state-file.ts'
import type { Exposure } from '../world/git/repository.ts'

export interface ManifestRequest extends Omit<SecretManifest, 'value'> {
  /** Absolute; null where the text is what is wanted. */
  readonly file: string | null
}

export type ManifestWorld = HandOverWorld & { readonly exposure: Exposure }

const MANIFEST_BYTES = 64 * 1024
const PRIVATE = 0o600

/**
 * Makes sure that a manifest could be written: names, and a place where git leaves it alone.
 *
 * @throws SealwardError usage; not-found for a folder that is not there
 */
export async function planManifest(request: ManifestRequest, { exposure }: ManifestWorld): Promise<void> {
  requireNames(request)
  if (request.file !== null && (await exposure.wouldTake(request.file)))
    throw new SealwardError('usage', 'would hold the key as it is, and git would take it along', {
      file: request.file,
      hint: 'choose a place outside of the repository, or one that .gitignore names',
    })
}

/**
 * Writes the new key of the last rotation as a Secret of Kubernetes, for its user alone to read. Another file is never written over; the same one is
 * written again.
 *
 * @returns the text where no file is to be written, else null
 * @throws SealwardError like `planManifest`; usage, no-identity; exists, io
 */
export async function writeKeyManifest(request: ManifestRequest, world: ManifestWorld): Promise<Secret | null> {
  await planManifest(request, world)
  return withRotation(world, async (before) => {
    const { rotation, value } = await rotatedKey(before, world)
    const text = printManifest({ ...request, value })
    const { file, namespace, name } = request
    const target = `kubernetes:${namespace === undefined ? name : `${namespace}/${name}`}`
    if (file !== null) await place(file, { text, rotation }, world)
    await world.ledger?.append({ kind: 'key-pushed', keys: [fingerprintOf(rotation.fresh)], targets: [target] })
    return file === null ? text : null
  })
}

async function place(
  file: string,
  { text, rotation }: { readonly text: Secret; readonly rotation: Rotation },
  { files }: ManifestWorld,
): Promise<void> {
  const bytes = Buffer.from(text.reveal(), 'utf8')
  try {
    const found = await files.read(file, MANIFEST_BYTES)
    if (found === null) await files.write(file, bytes, { exists: 'refuse', mode: PRIVATE })
    else if (Buffer.compare(found, bytes) !== 0)
      throw new SealwardError('exists', 'is there already, and is never written over', { file })
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    const again = 'sealward rotate key --manifest FILE'
    throw afterTheFiles(error, { rotation, what: 'the manifest could not be written', again })
  }
}
