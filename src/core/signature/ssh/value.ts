import { Buffer } from 'node:buffer'
import { createHash, type KeyObject, sign, verify } from 'node:crypto'
import { SealwardError } from '../../errors.ts'
import { type Curve, formOf } from './key-types.ts'
import type { PublicKey } from './public-key.ts'
import { malformed, SshReader, sshMpint, sshString, uint32 } from './wire.ts'

/** Hash by the name of an RSA signature, RFC 8332. `ssh-rsa`, which is over SHA-1, is not there. */
const RSA_HASHES: Readonly<Record<string, string>> = { 'rsa-sha2-256': 'sha256', 'rsa-sha2-512': 'sha512' }
const RSA_ALGORITHM = 'rsa-sha2-512'
const USER_PRESENT = 1

/**
 * Whether a signature proper (the innermost string of an SSHSIG) is one of `data` by a key.
 *
 * @throws SealwardError malformed or unsupported, in words that follow "the signature ..."
 */
export function isValueOf(value: Uint8Array, data: Uint8Array, key: PublicKey): boolean {
  const reader = new SshReader(value)
  const form = formOf(key.type)
  const hash = hashOf(reader.name(), key)
  const raw = form.family === 'ecdsa' ? joinHalves(reader.string(), form.curve) : reader.string()
  if (form.family === 'rsa' && raw.length !== modulusBytes(key.key)) throw malformed('has the wrong length')
  const signed = key.application === null ? data : bySecurityKey(data, key.application, reader)
  reader.end()
  return verify(hash, signed, { key: key.key, dsaEncoding: 'ieee-p1363' }, raw)
}

/** The signature proper of `data`, by a private key that belongs to `key`. Not for security keys. */
export function makeValue(data: Uint8Array, key: PublicKey, privateKey: KeyObject): Buffer {
  const form = formOf(key.type)
  const algorithm = form.family === 'rsa' ? RSA_ALGORITHM : key.type
  const raw = sign(hashOf(algorithm, key), data, { key: privateKey, dsaEncoding: 'ieee-p1363' })
  return Buffer.concat([sshString(algorithm), sshString(form.family === 'ecdsa' ? splitHalves(raw, form.curve) : raw)])
}

/** The hash that goes with a signature's name: null for Ed25519, which brings its own. */
function hashOf(algorithm: string, { type }: PublicKey): string | null {
  const form = formOf(type)
  if (form.family !== 'rsa') {
    if (algorithm !== type) throw malformed('is of another type than its key')
    return form.family === 'ecdsa' ? form.curve.hash : null
  }
  const hash = RSA_HASHES[algorithm]
  if (hash !== undefined) return hash
  if (algorithm === 'ssh-rsa') throw new SealwardError('unsupported', 'is over SHA-1, which can be forged')
  throw malformed('is of another type than its key')
}

/** RFC 5656 section 3.1.2: two mpints, each in its shortest form. node:crypto wants them side by side, at full length. */
function joinHalves(encoded: Uint8Array, { bytes }: Curve): Buffer {
  const reader = new SshReader(encoded)
  const halves = [reader.mpint(), reader.mpint()]
  reader.end()
  const joined = Buffer.alloc(2 * bytes)
  for (const [index, half] of halves.entries()) {
    if (half.length > bytes) throw malformed('has a number that is too large')
    half.copy(joined, (index + 1) * bytes - half.length)
  }
  return joined
}

function splitHalves(raw: Buffer, { bytes }: Curve): Buffer {
  return Buffer.concat([sshMpint(raw.subarray(0, bytes)), sshMpint(raw.subarray(bytes))])
}

/** PROTOCOL.u2f: a security key signs the hashes of its application and of the data, with its flags and its counter between. */
function bySecurityKey(data: Uint8Array, application: Uint8Array, reader: SshReader): Buffer {
  const [flags, counter] = [reader.byte(), reader.uint32()]
  if ((flags & USER_PRESENT) === 0) throw malformed('was made by a security key that nobody touched')
  return Buffer.concat([sha256(application), Buffer.of(flags), uint32(counter), sha256(data)])
}

function modulusBytes(key: KeyObject): number {
  return Math.ceil(key.asymmetricKeyDetails!.modulusLength! / 8)
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
