import { SealwardError } from '../../../core/errors.ts'
import type { Finding } from '../../../core/finding.ts'
import type { AllowedSigner } from '../../../core/signature/signers.ts'
import type { SignedNames } from '../../world/ssh.ts'
import type { Clock, Configs, Files } from '../../world.ts'
import { policyFor } from '../policy-for.ts'

export interface SignedWorld {
  readonly files: Files
  readonly configs: Configs
  readonly names: SignedNames
  readonly clock: Clock
}

/**
 * Judges the signature beside one file, by the signers that sealward.yml lists for it.
 *
 * @returns a finding, or none when the signature is good
 * @throws SealwardError policy-invalid when no sealward.yml lists signers
 */
export async function judgeSignature(
  { path, bytes }: { readonly path: string; readonly bytes: Uint8Array },
  world: SignedWorld,
): Promise<Finding[]> {
  const signers = await signersFor(path, world.configs)
  const { requireSignature } = await import('./signature.ts')
  try {
    await requireSignature(
      { path, name: await world.names.nameOf(path), bytes, signers, now: world.clock.now() },
      world,
    )
    return []
  } catch (error) {
    if (!(error instanceof SealwardError) || !/^sign(?:ature|er)-/.test(error.code)) throw error
    return [
      {
        rule: 'signature',
        file: path,
        message: error.message,
        ...(error.hint === undefined ? {} : { fix: error.hint }),
      },
    ]
  }
}

export async function signersFor(path: string, configs: Configs): Promise<readonly AllowedSigner[]> {
  const found = await policyFor(path, configs)
  if (found === null) throw noSigners(path)
  const { file, signers } = found.policy
  if (signers.length === 0) throw noSigners(file)
  const { signersOf } = await import('../../../core/signature/signers.ts')
  return signersOf(found.relative, signers)
}

function noSigners(file: string): SealwardError {
  return new SealwardError('policy-invalid', 'there are no signers to hold a signature against', {
    file,
    hint: 'list them in sealward.yml, in the section signers; docs/signatures.md',
  })
}
