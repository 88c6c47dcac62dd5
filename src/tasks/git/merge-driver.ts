import { FILE_BYTES } from '../../core/envelope/limits.ts'
import { SealwardError } from '../../core/errors.ts'
import { conflictingBytes } from '../../core/merge/conflict-text.ts'
import { mapThree, type ThreeWay } from '../../core/merge/three-way.ts'
import { type MergeWorld, mergeVersions } from '../steps/merge/merge.ts'
import { tellOfVoidSignature } from '../steps/trust/void-signature.ts'
import type { Unsettled } from '../world/git/repository.ts'
import type { Files } from '../world.ts'

export interface DriverRequest {
  /** Where git put the versions: `%O`, `%A` and `%B`. The result goes where ours is. */
  readonly files: ThreeWay<string>
  /** `%P`: the name of the result. */
  readonly path: string
  /** `%L`: how long the markers of a conflict are. */
  readonly marker: number
  /** Git merges two common ancestors of a criss-cross history. */
  readonly ancestor: boolean
}

export type DriverWorld = MergeWorld & { readonly files: Files; readonly unsettled: Unsettled }

export type DriverOutcome =
  | { readonly kind: 'merged' }
  /** `place` holds the plaintext to be settled. */
  | { readonly kind: 'conflict'; readonly names: readonly string[]; readonly place: string }
  | { readonly kind: 'cannot'; readonly error: SealwardError }

/**
 * Merges for git. Where that takes a person, ours gets both ciphertexts between markers: no reader takes that for an encrypted file, so
 * `git add` on it loses neither side in silence.
 *
 * @throws SealwardError not-found, io or limit
 */
export async function mergeForGit(request: DriverRequest, world: DriverWorld): Promise<DriverOutcome> {
  const { files, path, marker, ancestor } = request
  const versions = await mapThree(files, (file) => readVersion(file, world.files))
  const outcome = await mergeVersions({ versions, path, ancestor, attended: false }, world)
  if (outcome.kind === 'merged') {
    await world.files.write(files.ours, outcome.bytes, { exists: 'replace' })
    if (!ancestor) await tellOfVoidSignature(path, world)
    return { kind: 'merged' }
  }
  await world.files.write(files.ours, conflictingBytes(versions.ours, versions.theirs, marker), { exists: 'replace' })
  if (outcome.kind === 'cannot') return outcome
  return { kind: 'conflict', names: outcome.names, place: await world.unsettled.keep(path, outcome.text) }
}

async function readVersion(file: string, files: Files): Promise<Uint8Array> {
  const bytes = await files.read(file, FILE_BYTES)
  if (bytes === null) throw new SealwardError('not-found', 'no such file', { file })
  return bytes
}
