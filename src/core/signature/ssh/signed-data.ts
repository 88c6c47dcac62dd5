import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import { MAGIC, RESERVED, type Sshsig } from './sshsig.ts'
import { sshString } from './wire.ts'

/** What the key signs. PROTOCOL.sshsig section 3: no SSH log-in and no signature for another namespace has this form. */
export function signedData(message: Uint8Array, { namespace, hash }: Pick<Sshsig, 'namespace' | 'hash'>): Buffer {
  const digest = createHash(hash).update(message).digest()
  return Buffer.concat([MAGIC, sshString(namespace), RESERVED, sshString(hash), sshString(digest)])
}
