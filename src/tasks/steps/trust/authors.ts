import { FILE_BYTES } from '../../../core/envelope/limits.ts'
import { parseAllowedSigners } from '../../../core/signature/allowed-signers.ts'
import type { AllowedSigner } from '../../../core/signature/signers.ts'
import { requireSignature } from './signature.ts'
import { type SignedWorld, signersFor } from './signed.ts'

/**
 * Holds every file against its detached signature, before any is opened. docs/signatures.md.
 *
 * @param allowedSigners an OpenSSH allowed_signers list; null for the signers of sealward.yml
 * @throws SealwardError signature-missing, signature-invalid, signer-unknown, or policy-invalid when nobody is listed
 */
export async function requireSigned(
  files: readonly string[],
  allowedSigners: string | null,
  world: SignedWorld,
): Promise<void> {
  const given = allowedSigners === null ? null : readSigners(allowedSigners)
  for (const path of files) {
    const bytes = await world.files.read(path, FILE_BYTES)
    if (bytes === null) continue // opening it says so
    const signers = given ?? (await signersFor(path, world.configs))
    const name = await world.names.nameOf(path)
    await requireSignature({ path, name, bytes, signers, now: world.clock.now() }, world)
  }
}

function readSigners(text: string): readonly AllowedSigner[] {
  return parseAllowedSigners(text, 'the input signers')
}
