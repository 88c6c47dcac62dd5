import { Buffer } from 'node:buffer'
import { SealwardError } from '../errors.ts'
import { matchesPatterns } from './patterns.ts'
import type { AllowedSigner } from './signers.ts'
import { decodeArmor } from './ssh/armor.ts'
import { type PublicKey, readPublicKey } from './ssh/public-key.ts'
import { signedData } from './ssh/signed-data.ts'
import { parseSshsig } from './ssh/sshsig.ts'
import { isValueOf } from './ssh/value.ts'
import { malformed } from './ssh/wire.ts'

export interface SignedMessage {
  readonly message: Uint8Array
  /** The signature, as its file holds it. */
  readonly armored: string
  readonly namespace: string
}

export interface VerifyRequest extends SignedMessage {
  readonly allowed: readonly AllowedSigner[]
  readonly now: Date
}

/** The reasons follow "the signature ..." (bad) and "the key ..." (not-allowed), and quote nothing of the signature. */
export type SignatureVerdict =
  | { readonly kind: 'good'; readonly signer: string; readonly fingerprint: string }
  | { readonly kind: 'not-allowed'; readonly fingerprint: string; readonly why: string }
  | { readonly kind: 'bad'; readonly why: string }

/**
 * Judges a detached SSH signature. Every other byte in the signature, in the message or in the namespace makes it bad;
 * only a signature that is right is ever held against the list. Never throws on what it is given.
 */
export function verifySignature(request: VerifyRequest): SignatureVerdict {
  try {
    return judgeKey(keyOfSignature(request), request)
  } catch (error) {
    if (error instanceof SealwardError) return { kind: 'bad', why: error.message }
    throw error
  }
}

/**
 * The key that made a signature, once it is certain that it did.
 *
 * @throws SealwardError malformed or unsupported, in words that follow "the signature ..."
 */
export function keyOfSignature({ message, armored, namespace }: SignedMessage): PublicKey {
  const signature = parseSshsig(decodeArmor(armored))
  if (Buffer.compare(signature.namespace, Buffer.from(namespace, 'utf8')) !== 0)
    throw malformed('was made for another file, or for another purpose')
  const key = readSigningKey(signature.publicKey)
  if (!isValueOf(signature.value, signedData(message, signature), key))
    throw malformed('does not fit: the file or the signature was altered')
  return key
}

function readSigningKey(blob: Uint8Array): PublicKey {
  try {
    return readPublicKey(blob)
  } catch (error) {
    if (error instanceof SealwardError) throw new SealwardError(error.code, `has a key that ${error.message}`)
    throw error
  }
}

function judgeKey({ blob, fingerprint }: PublicKey, { allowed, ...circumstances }: VerifyRequest): SignatureVerdict {
  const refusals: string[] = []
  for (const signer of allowed.filter(({ key }) => Buffer.compare(key.blob, blob) === 0)) {
    const refusal = refusalOf(signer, circumstances)
    if (refusal === null) return { kind: 'good', signer: signer.name, fingerprint }
    refusals.push(refusal)
  }
  return { kind: 'not-allowed', fingerprint, why: refusals[0] ?? 'is not listed' }
}

/** A signature has no date of its own that could be believed, so the moment that counts is now. */
function refusalOf(signer: AllowedSigner, { namespace, now }: Pick<VerifyRequest, 'namespace' | 'now'>): string | null {
  const { name, validAfter, validBefore, namespaces } = signer
  if (validAfter !== undefined && now < validAfter) return `is listed as ${name}, from ${validAfter.toISOString()} on`
  if (validBefore !== undefined && now >= validBefore)
    return `was listed as ${name}, until ${validBefore.toISOString()}`
  if (namespaces !== undefined && !matchesPatterns(namespace, namespaces))
    return `is listed as ${name}, for other files`
  return null
}
