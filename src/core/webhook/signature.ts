import { createHmac, sign, timingSafeEqual, verify } from 'node:crypto'
import { SealwardError } from '../errors.ts'
import type { WebhookKey } from './key.ts'

/** A message as its signature sees it: all three byte for byte. */
export interface SignedMessage {
  readonly id: string
  /** Unix seconds, in decimal. */
  readonly timestamp: string
  readonly body: string
}

/** One of the signatures that a message carries. */
export interface Signature {
  readonly scheme: Scheme
  readonly bytes: Uint8Array
}

/** `v1` and `v1a` are those of Standard Webhooks 1.0.0; whoever knows these alone passes over the others, as it asks. */
export type Scheme = 'v1' | 'v1a' | HmacScheme
type HmacScheme = 'hmac-sha512' | 'hmac-sha1'

const HASHES: Readonly<Record<'v1' | HmacScheme, { readonly hash: string; readonly bytes: number }>> = {
  v1: { hash: 'sha256', bytes: 32 },
  'hmac-sha512': { hash: 'sha512', bytes: 64 },
  'hmac-sha1': { hash: 'sha1', bytes: 20 },
}
const ED25519_BYTES = 64
const FORM = /^(v1|v1a|hmac-sha512|hmac-sha1),((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/
const MOST = 16

/**
 * Signs with the scheme that the key is for: `v1`, or `hmac-sha512` where that is wanted, and `v1a` for Ed25519.
 *
 * @returns `v1,<base64>`
 * @throws SealwardError usage for the public half of a pair, and for Ed25519 with a scheme of HMAC
 */
export function signMessage(message: SignedMessage, key: WebhookKey, scheme: 'v1' | 'hmac-sha512' = 'v1'): string {
  if (key.kind === 'hmac') return `${scheme},${macOf(message, key.secret, scheme).toString('base64')}`
  if (key.privateKey === null)
    throw new SealwardError('usage', 'this is the public half of a key (whpk_...), which cannot sign')
  if (scheme !== 'v1') throw new SealwardError('usage', 'a key of Ed25519 has a signature of its own kind, v1a')
  return `v1a,${sign(null, bytesOf(message), key.privateKey).toString('base64')}`
}

/**
 * Reads the signatures of a message, with a blank between each two. Those of other schemes are passed over.
 *
 * @returns null for what is no such list, or has more than 16
 */
export function readSignatures(text: string): Signature[] | null {
  const parts = text.split(' ')
  if (parts.length > MOST || parts.some((part) => !/^[A-Za-z0-9-]{1,20},[\x21-\x7e]+$/.test(part))) return null
  return parts.flatMap((part) => {
    const [, scheme, base64 = ''] = FORM.exec(part) ?? []
    return scheme === undefined ? [] : [{ scheme: scheme as Scheme, bytes: Buffer.from(base64, 'base64') }]
  })
}

/** Whether a key is of the kind that a scheme takes. */
export function isFor(scheme: Scheme, { kind }: WebhookKey): boolean {
  return kind === (scheme === 'v1a' ? 'ed25519' : 'hmac')
}

/** Whether a signature is that of a message by a key. How long it takes says nothing of where two differ. */
export function isSignedBy(message: SignedMessage, { scheme, bytes }: Signature, key: WebhookKey): boolean {
  if (scheme === 'v1a') {
    const isPossible = key.kind === 'ed25519' && bytes.length === ED25519_BYTES
    return isPossible && verify(null, bytesOf(message), key.publicKey, bytes)
  }
  if (key.kind !== 'hmac' || bytes.length !== HASHES[scheme].bytes) return false
  return timingSafeEqual(macOf(message, key.secret, scheme), bytes)
}

function macOf(message: SignedMessage, secret: Uint8Array, scheme: 'v1' | HmacScheme): Buffer {
  return createHmac(HASHES[scheme].hash, secret).update(bytesOf(message)).digest()
}

/** Neither an id nor a timestamp has a dot in it, so that no two messages are the same bytes. */
function bytesOf({ id, timestamp, body }: SignedMessage): Buffer {
  return Buffer.from(`${id}.${timestamp}.${body}`)
}
