import { Buffer } from 'node:buffer'
import { createCipheriv, createDecipheriv, createECDH, ECDH, hkdfSync, randomBytes } from 'node:crypto'
import { SealwardError } from '../../errors.ts'

/**
 * ECIES as dotenvx does it: secp256k1, an uncompressed ephemeral point, HKDF-SHA256 without salt over that point and the shared one, and
 * AES-256-GCM. A message is the point (65 bytes), the nonce (16), the tag (16) and the ciphertext; only those are fixed lengths.
 */
const CURVE = 'secp256k1'
const POINT_BYTES = 65
const NONCE_BYTES = 16
const TAG_BYTES = 16
const HEAD_BYTES = POINT_BYTES + NONCE_BYTES + TAG_BYTES
/** SEC 2, section 2.4.1. */
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n

/** A private key with its compressed public key, which dotenvx knows it by. */
export interface DotenvxKey {
  readonly scalar: Buffer
  readonly publicKey: string
}

/** @returns null when the text is no private key: not 64 hexadecimal digits, or out of the curve's range */
export function parseDotenvxKey(text: string): DotenvxKey | null {
  if (!/^[0-9a-f]{64}$/i.test(text)) return null
  try {
    return keyOf(Buffer.from(text, 'hex'))
  } catch {
    return null
  }
}

/** Makes a new key pair. */
export function newDotenvxKey(): DotenvxKey {
  const pair = createECDH(CURVE)
  pair.generateKeys()
  return keyOf(Buffer.from(pair.getPrivateKey('hex').padStart(64, '0'), 'hex'))
}

/**
 * Opens one value.
 *
 * @returns null when the key does not fit, or the ciphertext was altered: GCM cannot say which
 * @throws SealwardError malformed when the bytes are no message
 */
export function openEcies(message: Buffer, key: DotenvxKey): Buffer | null {
  if (message.length < HEAD_BYTES || message[0] !== 4) throw malformed()
  const ephemeral = message.subarray(0, POINT_BYTES)
  for (const shared of sharedPoints(ephemeral, key)) {
    const opened = decrypt(message, secretOf(ephemeral, shared))
    if (opened !== null) return opened
  }
  return null
}

/** Seals one value for the holder of the key, under a fresh ephemeral key. */
export function sealEcies(plaintext: Uint8Array, key: DotenvxKey): Buffer {
  const ephemeral = newDotenvxKey()
  const point = pointOf(ephemeral.scalar)
  const cipher = createCipher(secretOf(point, pointOf(product(ephemeral.scalar, key.scalar))))
  const sealed = Buffer.concat([cipher.aead.update(plaintext), cipher.aead.final()])
  return Buffer.concat([point, cipher.nonce, cipher.aead.getAuthTag(), sealed])
}

function createCipher(secret: Buffer) {
  const nonce = randomBytes(NONCE_BYTES)
  return { nonce, aead: createCipheriv('aes-256-gcm', secret, nonce, { authTagLength: TAG_BYTES }) }
}

function decrypt(message: Buffer, secret: Buffer): Buffer | null {
  const decipher = createDecipheriv('aes-256-gcm', secret, message.subarray(POINT_BYTES, POINT_BYTES + NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAuthTag(message.subarray(POINT_BYTES + NONCE_BYTES, HEAD_BYTES))
  const plaintext = decipher.update(message.subarray(HEAD_BYTES))
  try {
    decipher.final()
    return plaintext
  } catch {
    return null
  }
}

/** Node's ECDH gives the x of the shared point, and dotenvx hashes y too: there are two points with that x, and GCM knows which. */
function sharedPoints(ephemeral: Buffer, { scalar }: DotenvxKey): Buffer[] {
  const own = createECDH(CURVE)
  own.setPrivateKey(scalar)
  let x: Buffer
  try {
    x = own.computeSecret(ephemeral)
  } catch {
    throw malformed()
  }
  return [2, 3].map((sign) => uncompressed(Buffer.concat([Buffer.from([sign]), x])))
}

/** For sealing both private keys are known, and the shared point is their product times the generator: y included. */
function product(one: Buffer, other: Buffer): Buffer {
  const scalar = (BigInt(`0x${one.toString('hex')}`) * BigInt(`0x${other.toString('hex')}`)) % ORDER
  return Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex')
}

function secretOf(ephemeral: Buffer, shared: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', Buffer.concat([ephemeral, shared]), Buffer.alloc(0), Buffer.alloc(0), 32))
}

function keyOf(scalar: Buffer): DotenvxKey {
  const pair = createECDH(CURVE)
  pair.setPrivateKey(scalar)
  return { scalar, publicKey: pair.getPublicKey('hex', 'compressed') }
}

function pointOf(scalar: Buffer): Buffer {
  const pair = createECDH(CURVE)
  pair.setPrivateKey(scalar)
  return pair.getPublicKey()
}

function uncompressed(point: Buffer): Buffer {
  return ECDH.convertKey(point, CURVE, undefined, undefined, 'uncompressed') as Buffer
}

function malformed(): SealwardError {
  return new SealwardError('malformed', 'an encrypted value is no message of dotenvx')
}
