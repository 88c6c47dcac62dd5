import { Buffer } from 'node:buffer'
import { SealwardError } from '../errors.ts'
import { encodeArmor } from './ssh/armor.ts'
import type { SigningKey } from './ssh/private-key.ts'
import { signedData } from './ssh/signed-data.ts'
import { printSshsig } from './ssh/sshsig.ts'
import { isValueOf, makeValue } from './ssh/value.ts'

export interface SignRequest {
  readonly message: Uint8Array
  readonly namespace: string
  readonly key: SigningKey
}

/**
 * Signs as `ssh-keygen -Y sign` does: SHA-512, and rsa-sha2-512 for RSA.
 *
 * @returns the signature as its file holds it
 * @throws SealwardError usage when the key's halves do not belong together
 */
export function signMessage({ message, namespace, key }: SignRequest): string {
  const heading = { namespace: Buffer.from(namespace, 'utf8'), hash: 'sha512' } as const
  const data = signedData(message, heading)
  const value = makeValue(data, key.publicKey, key.privateKey)
  // Reading a key proves little about it. A wrong signature by a right RSA or Ed25519 key can give the key away.
  if (!isValueOf(value, data, key.publicKey))
    throw new SealwardError('usage', 'the key is damaged: what it signs cannot be verified')
  return encodeArmor(printSshsig({ ...heading, publicKey: key.publicKey.blob, value }))
}
