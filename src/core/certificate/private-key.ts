import { Buffer } from 'node:buffer'
import { createPrivateKey, type KeyObject } from 'node:crypto'

/** @returns a private key of PKCS#8 in DER; null when Node cannot read it */
export function readPkcs8(der: Uint8Array): KeyObject | null {
  try {
    return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' })
  } catch {
    return null
  }
}

/** @returns a private key of a PEM block, decrypted with the first password that fits; null when none does or Node cannot read it */
export function readPemKey(block: string, passwords: readonly string[]): KeyObject | null {
  for (const passphrase of ['', ...passwords]) {
    try {
      return createPrivateKey({ key: block, format: 'pem', passphrase })
    } catch {
      // The next password may fit.
    }
  }
  return null
}
