import { randomBytes } from 'node:crypto'
import { gcm } from '@noble/ciphers/aes.js'
import { TAG_BYTES, type ValueType } from './sealed.ts'

export interface Sealing {
  readonly dataKey: Uint8Array
  /** What the ciphertext is bound to: `NAME:`, or `:` for a comment. */
  readonly context: string
  readonly type: ValueType
}

const IV_BYTES = 32

/**
 * Seals one value under a fresh IV. docs/format.md section 4.
 *
 * Writing is noble's AES, reading is Node's: whatever one of the two got wrong, the other would refuse.
 */
export function sealValue(plaintext: Uint8Array, { dataKey, context, type }: Sealing): string {
  const iv = randomBytes(IV_BYTES)
  const sealed = gcm(dataKey, iv, Buffer.from(context, 'utf8')).encrypt(plaintext)
  const data = base64(sealed.subarray(0, -TAG_BYTES))
  return `ENC[AES256_GCM,data:${data},iv:${base64(iv)},tag:${base64(sealed.subarray(-TAG_BYTES))},type:${type}]`
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}
