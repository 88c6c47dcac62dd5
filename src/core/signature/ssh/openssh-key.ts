import { Buffer } from 'node:buffer'
import type { JsonWebKey } from 'node:crypto'
import { decodeBase64 } from '../../age/reader/base64.ts'
import { formOf } from './key-types.ts'
import { type PublicKey, readPublicKey } from './public-key.ts'
import { malformed, SshReader, sshString } from './wire.ts'

/** A key of the container; `key` is null where the private half is on a security key. */
export interface ContainedKey {
  readonly publicKey: PublicKey
  readonly key: JsonWebKey | null
}

const ARMOR = /-----BEGIN OPENSSH PRIVATE KEY-----([A-Za-z0-9+/=\s]*)-----END OPENSSH PRIVATE KEY-----/
const MAGIC = Buffer.from('openssh-key-v1\0')
const NONE = 'none'
const MIN_PRIME_BYTES = 64

/**
 * Reads the one key of OpenSSH's container, PROTOCOL.key.
 *
 * @returns null when it is under a passphrase
 * @throws SealwardError malformed or unsupported, in words that follow "the key ..."
 */
export function readOpensshKey(text: string): ContainedKey | null {
  const blob = decodeBase64(ARMOR.exec(text)?.[1]?.replace(/\s/g, '') ?? '', 'padded')
  if (blob === null) throw malformed('is not canonical base64')
  const reader = new SshReader(blob)
  if (!reader.take(MAGIC.length).equals(MAGIC)) throw malformed('is not in the container of OpenSSH')
  const [cipher, kdf, options] = [reader.name(), reader.name(), reader.string()]
  if (reader.uint32() !== 1) throw malformed('stands beside others in one file')
  const [publicBlob, section] = [reader.string(), reader.string()]
  if (cipher !== NONE) return null
  reader.end()
  if (kdf !== NONE || options.length > 0) throw malformed('has a key derivation and no cipher')
  return readSection(section, readPublicKey(publicBlob))
}

/** The part that a passphrase would encrypt: a number twice, the key with its public half once more, a comment, and padding. */
function readSection(section: Uint8Array, publicKey: PublicKey): ContainedKey {
  const reader = new SshReader(section)
  const [check, again] = [reader.uint32(), reader.uint32()]
  if (check !== again) throw malformed('is damaged')
  if (reader.name() !== publicKey.type) throw malformed('has halves of different types')
  const form = formOf(publicKey.type)
  // A security key keeps the private half: the file has a handle to it, and nothing that we could use.
  if (form.securityKey) return { publicKey, key: null }
  const key = { ed25519, ecdsa, rsa }[form.family](reader, publicKey)
  reader.string()
  if (!reader.rest().every((byte, index) => byte === index + 1)) throw malformed('has padding that is not 1, 2, 3, ...')
  return { publicKey, key }
}

/** Twice the public half, with the seed between: RFC 8032 section 5.1.5. */
function ed25519(reader: SshReader, { key }: PublicKey): JsonWebKey {
  const [publicHalf, both] = [reader.string(), reader.string()]
  const seed = both.subarray(0, 32)
  if (!Buffer.concat([seed, publicHalf]).equals(both)) throw malformed('has halves that do not belong together')
  return { ...key.export({ format: 'jwk' }), d: seed.toString('base64url') }
}

function ecdsa(reader: SshReader, { key, blob }: PublicKey): JsonWebKey {
  const own = Buffer.concat([reader.string(), reader.string()].map(sshString))
  if (!Buffer.from(blob).subarray(-own.length).equals(own)) throw malformed('has halves that do not belong together')
  const { x = '', ...rest } = key.export({ format: 'jwk' })
  const scalar = Buffer.from(x, 'base64url').fill(0)
  const d = reader.mpint()
  if (d.length > scalar.length) throw malformed('has a number that is too large')
  d.copy(scalar, scalar.length - d.length)
  return { ...rest, x, d: scalar.toString('base64url') }
}

/** JWK (RFC 7518 section 6.3.2) wants two numbers that the container leaves out. */
function rsa(reader: SshReader): JsonWebKey {
  const [n, e, d, qi, p, q] = Array.from({ length: 6 }, () => reader.mpint()) as [
    Buffer,
    Buffer,
    Buffer,
    Buffer,
    Buffer,
    Buffer,
  ]
  const exponents = { dp: remainder(d, p), dq: remainder(d, q) }
  const numbers = Object.entries({ n, e, d, qi, p, q, ...exponents })
  return { kty: 'RSA', ...Object.fromEntries(numbers.map(([name, bytes]) => [name, bytes.toString('base64url')])) }
}

/** `d` modulo one less than the prime. */
function remainder(d: Buffer, prime: Buffer): Buffer {
  if (prime.length < MIN_PRIME_BYTES) throw malformed('is an RSA key with an unusable prime')
  const hex = (BigInt(`0x${d.toString('hex')}`) % (BigInt(`0x${prime.toString('hex')}`) - 1n)).toString(16)
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
}
