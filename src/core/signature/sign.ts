import { Buffer } from 'node:buffer'
import { SealwardError } from '../errors.ts'
import { encodeArmor } from './ssh/armor.ts'
import type { SigningKey } from './ssh/private-key.ts'
import { printSshsig, signedData } from './ssh/sshsig.ts'
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
 * @throws SealwardError internal when the signature does not verify
 */
export function signMessage({ message, namespace, key }: SignRequest): string {
  const heading = { namespace: Buffer.from(namespace, 'utf8'), hash: 'sha512' } as const
  const data = signedData(message, heading)
  const value = makeValue(data, key.publicKey, key.privateKey)
  // A signature that a fault has spoilt, or that a damaged RSA key makes, can give the private key away.
  if (!isValueOf(value, data, key.publicKey))
    throw new SealwardError('internal', 'the signature that was made is not right')
  return encodeArmor(printSshsig({ ...heading, publicKey: key.publicKey.blob, value }))
}
