import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'

/** A key of Standard Webhooks 1.0.0: one that both sides have, or a pair of which a receiver needs the public half alone. */
export type WebhookKey =
  | { readonly kind: 'hmac'; readonly secret: Uint8Array }
  | { readonly kind: 'ed25519'; readonly publicKey: KeyObject; readonly privateKey: KeyObject | null }

const FORM = /^(whsec|whpk|whsk)_((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/
const SECRET_BYTES = { least: 24, most: 64 }
const HALF = 32

/**
 * Reads `whsec_` and base64 of 24 to 64 bytes, `whpk_` and a public key of Ed25519, or `whsk_` and a private one with its public half behind it.
 *
 * @returns null for anything else
 */
export function readWebhookKey(text: string): WebhookKey | null {
  const [, form, base64 = ''] = FORM.exec(text) ?? []
  const bytes = Buffer.from(base64, 'base64')
  if (form === 'whsec')
    return bytes.length >= SECRET_BYTES.least && bytes.length <= SECRET_BYTES.most
      ? { kind: 'hmac', secret: bytes }
      : null
  if (form === 'whpk' && bytes.length === HALF)
    return { kind: 'ed25519', publicKey: publicKeyOf(bytes), privateKey: null }
  return form === 'whsk' && bytes.length === 2 * HALF ? readPair(bytes) : null
}

/** The public half is made anew: a signature of a pair that does not belong together gives the private one away. */
function readPair(bytes: Buffer): WebhookKey | null {
  const [d, x] = [bytes.subarray(0, HALF), bytes.subarray(HALF)]
  const privateKey = createPrivateKey({ key: { ...jwkOf(x), d: d.toString('base64url') }, format: 'jwk' })
  const publicKey = createPublicKey(privateKey)
  return publicKey.equals(publicKeyOf(x)) ? { kind: 'ed25519', publicKey, privateKey } : null
}

function publicKeyOf(bytes: Buffer): KeyObject {
  return createPublicKey({ key: jwkOf(bytes), format: 'jwk' })
}

/** RFC 8037 section 2. */
function jwkOf(x: Buffer) {
  return { kty: 'OKP', crv: 'Ed25519', x: x.toString('base64url') }
}
