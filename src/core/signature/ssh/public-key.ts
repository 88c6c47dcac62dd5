import type { Buffer } from 'node:buffer'
import { createHash, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { decodeBase64 } from '../../age/reader/base64.ts'
import { SealwardError } from '../../errors.ts'
import { type Curve, formOf, isKeyType, type KeyType } from './key-types.ts'
import { malformed, SshReader } from './wire.ts'

/** A public key that may sign. */
export interface PublicKey {
  readonly type: KeyType
  /** The key in SSH's encoding: two keys are the same when these bytes are. */
  readonly blob: Uint8Array
  /** As `ssh-keygen -l` shows it: `SHA256:...`. */
  readonly fingerprint: string
  readonly key: KeyObject
  /** What a security key was made for: `ssh:`. Null for other keys. */
  readonly application: Buffer | null
}

/** Why a text is not a key, in words that follow "the key ...". They quote nothing of it. */
export type KeyFault = string

const LINE_CHARACTERS = 16 * 1024
/** NIST SP 800-131A has refused less since 2014; beyond the other, checking costs more than a file is worth. */
const RSA_BITS = { least: 2048, most: 16_384 }
const EXPONENT_BYTES = 8
const ED25519_BYTES = 32
const UNCOMPRESSED = 4

/** Reads a line of OpenSSH: the type, the key in base64, and a comment, which is ignored. */
export function parsePublicKey(line: string): PublicKey | KeyFault {
  if (line.length > LINE_CHARACTERS) return `is longer than ${LINE_CHARACTERS} characters`
  if (line.includes('PRIVATE KEY')) return 'is a private key: only its public half belongs here'
  const [type = '', base64 = ''] = line.trim().split(/[ \t]+/)
  if (!isKeyType(type)) return faultOfType(type)
  const blob = decodeBase64(base64, 'padded')
  if (blob === null || blob.length === 0) return 'is not an SSH public key: its second word is not canonical base64'
  try {
    const key = readPublicKey(blob)
    return key.type === type ? key : 'says another type than it is'
  } catch (error) {
    if (error instanceof SealwardError) return error.message
    throw error
  }
}

/**
 * Reads a key in SSH's encoding: RFC 4253 section 6.6, RFC 5656, RFC 8709, PROTOCOL.u2f. Each key has one accepted encoding.
 *
 * @throws SealwardError malformed, or unsupported for a type that may not sign, in words that follow "the key ..."
 */
export function readPublicKey(blob: Uint8Array): PublicKey {
  const reader = new SshReader(blob)
  const type = reader.name()
  if (!isKeyType(type)) throw new SealwardError('unsupported', faultOfType(type))
  const form = formOf(type)
  const jwk =
    form.family === 'ed25519' ? ed25519(reader) : form.family === 'rsa' ? rsa(reader) : ecdsa(reader, form.curve)
  const application = form.securityKey ? reader.string() : null
  reader.end()
  return { type, blob, fingerprint: fingerprint(blob), key: importKey(jwk), application }
}

function ed25519(reader: SshReader): JsonWebKey {
  const x = reader.string()
  if (x.length !== ED25519_BYTES) throw malformed('has the wrong length')
  return { kty: 'OKP', crv: 'Ed25519', x: x.toString('base64url') }
}

function ecdsa(reader: SshReader, curve: Curve): JsonWebKey {
  if (reader.name() !== curve.ssh) throw malformed('names another curve than its type')
  const point = reader.string()
  if (point.length !== 1 + 2 * curve.bytes || point[0] !== UNCOMPRESSED)
    throw malformed('has a point that is not in the uncompressed form')
  const [x, y] = [point.subarray(1, 1 + curve.bytes), point.subarray(1 + curve.bytes)]
  return { kty: 'EC', crv: curve.jwk, x: x.toString('base64url'), y: y.toString('base64url') }
}

function rsa(reader: SshReader): JsonWebKey {
  const [e, n] = [reader.mpint(), reader.mpint()]
  const bits = n.length * 8 - Math.clz32(n[0]!) + 24
  if (bits < RSA_BITS.least) throw malformed(`is an RSA key of less than ${RSA_BITS.least} bits`)
  if (bits > RSA_BITS.most) throw malformed(`is an RSA key of more than ${RSA_BITS.most} bits`)
  if (e.length > EXPONENT_BYTES || (e.length === 1 && e[0]! < 3) || e.at(-1)! % 2 === 0 || n.at(-1)! % 2 === 0)
    throw malformed('is an RSA key with an unusable modulus or exponent')
  return { kty: 'RSA', n: n.toString('base64url'), e: e.toString('base64url') }
}

/** OpenSSL refuses a point that is not on its curve: that one would let anybody sign. */
function importKey(jwk: JsonWebKey): KeyObject {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' })
  } catch {
    throw malformed('is no key of its type')
  }
}

function fingerprint(blob: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`
}

function faultOfType(type: string): KeyFault {
  if (type === 'ssh-dss') return 'is a DSA key, which is too weak'
  if (type.includes('-cert-v0')) return 'is a certificate, which is not supported: list the key itself'
  return 'is not of a type that can sign (ssh-ed25519, ecdsa-sha2-nistp256/384/521, ssh-rsa, sk-ssh-ed25519, sk-ecdsa)'
}
