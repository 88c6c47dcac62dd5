import { FILE_BYTES } from '../../core/envelope/limits.ts'
import { SealwardError } from '../../core/errors.ts'
import { isGenerated, printSopsConfig } from '../../core/policy/sops/print-sops.ts'
import { findPolicy, findPolicyFiles, type PolicyFilesWorld } from '../steps/members/policy-files.ts'
import type { Files } from '../world.ts'

export interface SopsConfigRequest {
  /** The folder whose sealward.yml counts, from the top of the repository. */
  readonly folder: string
  readonly write: boolean
  /** Replaces a .sops.yaml that somebody wrote. */
  readonly force: boolean
}

export interface SopsConfigOutcome {
  /** Where it belongs: beside sealward.yml. From the top of the repository. */
  readonly path: string
  readonly text: string
  readonly status: 'printed' | 'written' | 'unchanged'
}

/** All paths are from the top of the repository, but those of `writes`. */
export type SopsConfigWorld = PolicyFilesWorld & { readonly writes: { readonly top: string; readonly files: Files } }

/**
 * Says what sealward.yml says as a .sops.yaml, for those of the team who use sops, and writes it where that is asked for.
 *
 * @throws SealwardError no-recipients where sealward.yml names nobody; exists for a .sops.yaml that was not written by this;
 * policy-invalid, io
 */
export async function sopsConfig(
  { folder, write, force }: SopsConfigRequest,
  world: SopsConfigWorld,
): Promise<SopsConfigOutcome> {
  const found = await findPolicy(folder, world)
  const files = await findPolicyFiles(found, world)
  const text = printSopsConfig(
    found.policy,
    files.map(({ relative }) => relative),
  )
  if (text === null)
    throw new SealwardError('no-recipients', 'sealward.yml names nobody, and sops would have nobody to encrypt to', {
      hint: '`sealward members add NAME RECIPIENT` begins one',
    })
  const path = `${found.policy.file.slice(0, found.policy.file.lastIndexOf('/') + 1)}.sops.yaml`
  if (!write) return { path, text, status: 'printed' }
  const { top, files: stored } = world.writes
  return stored.locked(`${top}/${path}`, async () => {
    const before = await stored.read(`${top}/${path}`, FILE_BYTES)
    if (before !== null && Buffer.from(before).equals(Buffer.from(text))) return { path, text, status: 'unchanged' }
    if (before !== null && !isGenerated(before) && !force) throw isOwn(path)
    await stored.write(`${top}/${path}`, Buffer.from(text), { exists: before === null ? 'refuse' : 'replace' })
    return { path, text, status: 'written' }
  })
}

function isOwn(file: string): SealwardError {
  return new SealwardError('exists', 'was written by somebody, and is left alone', {
    file,
    hint: '--force replaces all of it, also what it says beside creation_rules',
  })
}
