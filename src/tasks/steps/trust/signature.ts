import { SealwardError } from '../../../core/errors.ts'
import type { AllowedSigner } from '../../../core/signature/signers.ts'
import { SIGNATURE_CHARACTERS } from '../../../core/signature/ssh/armor.ts'
import { messageOf, namespaceOf, signaturePath } from '../../../core/signature/subject.ts'
import { type SignatureVerdict, verifySignature } from '../../../core/signature/verify.ts'
import type { Files } from '../../world.ts'

export interface SignatureCheck {
  /** The signature is looked for beside it. */
  readonly path: string
  /** From the top of the repository, with '/' separators: what the signature was made for. */
  readonly name: string
  /** The very bytes that are opened afterwards: read twice, a file may be another. */
  readonly bytes: Uint8Array
  /** Those who may sign this file. Where the list comes from decides what a signature is worth: docs/signatures.md section 4. */
  readonly signers: readonly AllowedSigner[]
  readonly now: Date
}

export type SignatureOutcome = SignatureVerdict | { readonly kind: 'missing' }

interface SignatureWorld {
  readonly files: Pick<Files, 'read'>
}

/**
 * Judges the detached signature of one file.
 *
 * @throws SealwardError limit or io when the signature cannot be read, usage for a name that cannot be signed
 */
export async function checkSignature(check: SignatureCheck, { files }: SignatureWorld): Promise<SignatureOutcome> {
  const signature = await files.read(signaturePath(check.path), SIGNATURE_CHARACTERS)
  if (signature === null) return { kind: 'missing' }
  return verifySignature({
    message: messageOf(check.bytes),
    armored: new TextDecoder('latin1').decode(signature),
    namespace: namespaceOf(check.name),
    allowed: check.signers,
    now: check.now,
  })
}

/**
 * The same where there must be a good signature.
 *
 * @throws SealwardError signature-missing, signature-invalid, signer-unknown, or what checkSignature throws
 */
export async function requireSignature(
  check: SignatureCheck,
  world: SignatureWorld,
): Promise<Extract<SignatureOutcome, { kind: 'good' }>> {
  const outcome = await checkSignature(check, world)
  if (outcome.kind === 'good') return outcome
  throw refusalFor(outcome, check)
}

function refusalFor(
  outcome: Exclude<SignatureOutcome, { kind: 'good' }>,
  { path, name, signers }: Pick<SignatureCheck, 'path' | 'name' | 'signers'>,
): SealwardError {
  if (outcome.kind === 'missing')
    return new SealwardError('signature-missing', 'the file is not signed', {
      file: path,
      hint: `there is no ${signaturePath(path)}; a listed signer makes it with \`sealward sign\``,
    })
  if (outcome.kind === 'bad')
    return new SealwardError('signature-invalid', `the signature ${outcome.why}`, {
      file: signaturePath(path),
      hint: `it must be for ${name}, as the file is now; see who changed it, and sign again`,
    })
  return new SealwardError('signer-unknown', `the key ${outcome.fingerprint} ${outcome.why}`, {
    file: signaturePath(path),
    hint: signers.length === 0 ? 'nobody is listed as a signer of this file' : 'the list of signers says who may sign',
  })
}
