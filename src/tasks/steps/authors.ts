import { FILE_BYTES } from '../../core/envelope/limits.ts'
import type { AllowedSigner } from '../../core/signature/signers.ts'
import type { Clock, Configs, Files } from '../world.ts'
import type { SignedNames } from '../world-ssh.ts'
import { signersFor } from './signed.ts'

export interface AuthorsWorld {
  readonly files: Files
  readonly configs: Configs
  readonly names: SignedNames
  readonly clock: Clock
}

/**
 * Holds every file against its detached signature, before any is opened. docs/signatures.md.
 *
 * @param allowedSigners an OpenSSH allowed_signers list; null for the signers of sealward.yml
 * @throws SealwardError signature-missing, signature-invalid, signer-unknown, or policy-invalid when nobody is listed
 */
export async function requireSigned(
  files: readonly string[],
  allowedSigners: string | null,
  world: AuthorsWorld,
): Promise<void> {
  const { requireSignature } = await import('./signature.ts')
  const given = allowedSigners === null ? null : await readSigners(allowedSigners)
  for (const path of files) {
    const bytes = await world.files.read(path, FILE_BYTES)
    if (bytes === null) continue // opening it says so
    const signers = given ?? (await signersFor(path, world.configs))
    const name = await world.names.nameOf(path)
    await requireSignature({ path, name, bytes, signers, now: world.clock.now() }, world)
  }
}

async function readSigners(text: string): Promise<readonly AllowedSigner[]> {
  const { parseAllowedSigners } = await import('../../core/signature/allowed-signers.ts')
  return parseAllowedSigners(text, 'the input signers')
}
