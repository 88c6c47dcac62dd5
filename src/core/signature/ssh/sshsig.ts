import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { malformed, SshReader, sshString, uint32 } from './wire.ts'

export type MessageHash = 'sha256' | 'sha512'

/** A signature, taken apart. PROTOCOL.sshsig section 2. */
export interface Sshsig {
  /** In SSH's encoding; not read yet. */
  readonly publicKey: Uint8Array
  readonly namespace: Uint8Array
  readonly hash: MessageHash
  /** The signature proper, in the encoding of its key's type; not read yet. */
  readonly value: Uint8Array
}

const MAGIC = Buffer.from('SSHSIG')
const VERSION = 1
const RESERVED = sshString('')

/**
 * @throws SealwardError malformed. The reserved field must be empty: ssh-keygen skips it, so that it could hold anything without
 * the signature noticing.
 */
export function parseSshsig(blob: Uint8Array): Sshsig {
  const reader = new SshReader(blob)
  if (!reader.take(MAGIC.length).equals(MAGIC)) throw malformed('is not an SSH signature')
  if (reader.uint32() !== VERSION) throw malformed('is of a version that is not known')
  const [publicKey, namespace, reserved] = [reader.string(), reader.string(), reader.string()]
  const [hash, value] = [reader.name(), reader.string()]
  reader.end()
  if (reserved.length > 0) throw malformed('uses a field that is reserved')
  if (hash !== 'sha256' && hash !== 'sha512') throw malformed('is over a hash that is neither sha256 nor sha512')
  return { publicKey, namespace, hash, value }
}

export function printSshsig({ publicKey, namespace, hash, value }: Sshsig): Buffer {
  const fields = [sshString(publicKey), sshString(namespace), RESERVED, sshString(hash), sshString(value)]
  return Buffer.concat([MAGIC, uint32(VERSION), ...fields])
}

/** What the key signs. PROTOCOL.sshsig section 3: no SSH log-in and no signature for another namespace has this form. */
export function signedData(message: Uint8Array, { namespace, hash }: Pick<Sshsig, 'namespace' | 'hash'>): Buffer {
  const digest = createHash(hash).update(message).digest()
  return Buffer.concat([MAGIC, sshString(namespace), RESERVED, sshString(hash), sshString(digest)])
}
