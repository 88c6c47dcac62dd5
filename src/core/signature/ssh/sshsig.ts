import { Buffer } from 'node:buffer'
import { SealwardError } from '../../errors.ts'
import { decodeArmor } from './armor.ts'
import { malformed, SshReader, sshString, uint32 } from './wire.ts'

type MessageHash = 'sha256' | 'sha512'

/** A signature, taken apart. PROTOCOL.sshsig section 2. */
export interface Sshsig {
  /** In SSH's encoding; not read yet. */
  readonly publicKey: Uint8Array
  readonly namespace: Uint8Array
  readonly hash: MessageHash
  /** The signature proper, in the encoding of its key's type; not read yet. */
  readonly value: Uint8Array
}

export const MAGIC = Buffer.from('SSHSIG')
const VERSION = 1
export const RESERVED = sshString('')

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

/** Whether a text is a whole SSH signature and nothing else, whatever it signs. Proves nothing, and needs no cryptography. */
export function isSignature(text: string): boolean {
  try {
    parseSshsig(decodeArmor(text))
    return true
  } catch (error) {
    if (error instanceof SealwardError) return false
    throw error
  }
}

export function printSshsig({ publicKey, namespace, hash, value }: Sshsig): Buffer {
  const fields = [sshString(publicKey), sshString(namespace), RESERVED, sshString(hash), sshString(value)]
  return Buffer.concat([MAGIC, uint32(VERSION), ...fields])
}
