import { Buffer } from 'node:buffer'
import { createPrivateKey, createPublicKey, diffieHellman, hkdfSync, type KeyObject } from 'node:crypto'
import { SealwardError } from '../../errors.ts'
import { openAead } from './aead.ts'
import { decodeBase64 } from './base64.ts'
import type { Stanza } from './header.ts'

/** An X25519 identity ready for use: OpenSSL's handle on the scalar, and the 32 bytes of the recipient. */
export interface X25519Key {
  readonly privateKey: KeyObject
  readonly publicKey: Uint8Array
}

/** The PKCS #8 frame (RFC 8410 section 7) round a raw X25519 scalar: Node takes no raw private key. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b656e04220420', 'hex')
const INFO = 'age-encryption.org/v1/X25519'
const SHARE_BYTES = 32
const BODY_BYTES = 32
const NONCE = new Uint8Array(12)

/** @param scalar the 32 bytes of an identity; the clamping of RFC 7748 section 5 is OpenSSL's */
export function x25519Key(scalar: Uint8Array): X25519Key {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, scalar]), format: 'der', type: 'pkcs8' })
  // The public half as a JWK: a third of the time that DER takes on first use.
  const { x } = createPublicKey(privateKey).export({ format: 'jwk' })
  return { privateKey, publicKey: Buffer.from(String(x), 'base64url') }
}

/**
 * Looks for the file key in the X25519 stanzas. c2sp.org/age, "X25519 recipient stanza".
 *
 * @returns null when none of them is for this key
 * @throws SealwardError malformed when one of them breaks the grammar
 */
export function unwrapX25519(stanzas: readonly Stanza[], key: X25519Key): Uint8Array | null {
  for (const { type, args, body } of stanzas) {
    if (type !== 'X25519') continue
    const share = args.length === 1 ? decodeBase64(String(args[0]), 'unpadded') : null
    if (share?.length !== SHARE_BYTES) throw broken('has no valid share')
    // Before anything is opened: a longer ciphertext could be made to open under many keys (partitioning oracle).
    if (body.length !== BODY_BYTES) throw broken('has a body of the wrong length')
    const salt = Buffer.concat([share, key.publicKey])
    const wrapKey = new Uint8Array(hkdfSync('sha256', agree(key.privateKey, share), salt, INFO, 32))
    const fileKey = openAead(body, { key: wrapKey, nonce: NONCE })
    if (fileKey !== null) return fileKey
  }
  return null
}

/** A share of low order would make the secret zero for every identity (RFC 7748 section 6.1); OpenSSL refuses to derive it. */
function agree(privateKey: KeyObject, share: Buffer): Buffer {
  const publicKey = createPublicKey({
    key: { kty: 'OKP', crv: 'X25519', x: share.toString('base64url') },
    format: 'jwk',
  })
  try {
    return diffieHellman({ privateKey, publicKey })
  } catch {
    throw broken('has a share of low order')
  }
}

function broken(how: string): SealwardError {
  return new SealwardError('malformed', `an X25519 stanza of the age file ${how}`)
}
