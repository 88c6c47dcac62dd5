import { createPublicKey, diffieHellman, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { hsalsa, xsalsa20poly1305 } from '@noble/ciphers/salsa.js'
import { blake2b } from '@noble/hashes/blake2.js'
import { SealwardError } from '../errors.ts'

export const PUBLIC_KEY_BYTES = 32

const NONCE_BYTES = 24
/** "expand 32-byte k", the constant of the Salsa20 specification, as little-endian words. */
const SIGMA = Uint32Array.of(0x61707865, 0x3320646e, 0x79622d32, 0x6b206574)

/**
 * Encrypts for the holder of an X25519 key, who learns nothing of the sender: libsodium's `crypto_box_seal`. It is 32 bytes of a public key that
 * is used once, then XSalsa20-Poly1305 of the message, so 48 bytes longer than that.
 *
 * https://doc.libsodium.org/public-key_cryptography/sealed_boxes
 *
 * @throws SealwardError recipient-invalid for what is no public key, or one of low order
 */
export function sealBox(message: Uint8Array, publicKey: Uint8Array): Uint8Array {
  if (publicKey.length !== PUBLIC_KEY_BYTES) throw invalid('is not of 32 bytes')
  const once = generateKeyPairSync('x25519')
  const own = Buffer.from(String(once.publicKey.export({ format: 'jwk' }).x), 'base64url')
  const shared = agree(once.privateKey, publicKey)
  return Buffer.concat([own, xsalsa20poly1305(boxKey(shared), boxNonce(own, publicKey)).encrypt(message)])
}

/** No two messages share the key, so the nonce is no secret and need not be sent. */
export function boxNonce(own: Uint8Array, publicKey: Uint8Array): Uint8Array {
  return blake2b(Buffer.concat([own, publicKey]), { dkLen: NONCE_BYTES })
}

/** What `crypto_box_beforenm` makes of the shared secret: HSalsa20 of it, with a zero nonce. */
export function boxKey(shared: Uint8Array): Uint8Array {
  const key = new Uint32Array(8)
  hsalsa(SIGMA, wordsOf(shared), new Uint32Array(4), key)
  const bytes = Buffer.alloc(32)
  for (const [at, word] of key.entries()) bytes.writeUInt32LE(word, at * 4)
  return bytes
}

/** A point of low order would make the secret zero whatever our key is (RFC 7748 section 6.1): OpenSSL refuses, as libsodium does. */
function agree(privateKey: KeyObject, publicKey: Uint8Array): Uint8Array {
  const x = Buffer.from(publicKey).toString('base64url')
  const theirs = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x }, format: 'jwk' })
  try {
    return diffieHellman({ privateKey, publicKey: theirs })
  } catch {
    throw invalid('is a point of low order, for which nothing can be kept secret')
  }
}

function wordsOf(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Uint32Array.from({ length: 8 }, (_, at) => view.getUint32(at * 4, true))
}

function invalid(how: string): SealwardError {
  return new SealwardError('recipient-invalid', `the public key to encrypt for ${how}`)
}
