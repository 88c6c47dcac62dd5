import { createDecipheriv, randomBytes } from 'node:crypto'
import { gcm } from '@noble/ciphers/aes.js'
import { SealwardError } from '../errors.ts'

export type ValueType = 'str' | 'int' | 'float' | 'bool' | 'bytes' | 'time' | 'comment'

/** An opened ciphertext: the plaintext as it entered GCM, which is also what enters the MAC. */
export interface OpenedValue {
  readonly plaintext: Buffer
  readonly type: ValueType
}

export interface Sealing {
  readonly dataKey: Uint8Array
  /** What the ciphertext is bound to: `NAME:`, or `:` for a comment. */
  readonly context: string
  readonly type: ValueType
}

const IV_BYTES = 32
const TAG_BYTES = 16
const SEALED =
  /^ENC\[AES256_GCM,data:([A-Za-z0-9+/]+={0,2}),iv:([A-Za-z0-9+/]+={0,2}),tag:([A-Za-z0-9+/]+={0,2}),type:(str|int|float|bool|bytes|time|comment)\]$/

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

/** Whether a stored value claims to be ciphertext; its grammar is checked when it is opened. */
export function looksSealed(stored: string): boolean {
  return stored.startsWith('ENC[')
}

/**
 * @throws SealwardError malformed when the text is not a canonical ciphertext, value-not-authentic when GCM refuses it
 */
export function openValue(stored: string, dataKey: Uint8Array, context: string): OpenedValue {
  const { data, iv, tag, type } = parseSealed(stored)
  const decipher = createDecipheriv('aes-256-gcm', dataKey, iv, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(context, 'utf8'))
  decipher.setAuthTag(tag)
  const plaintext = decipher.update(data)
  try {
    decipher.final()
  } catch {
    throw new SealwardError('value-not-authentic', 'the ciphertext, its IV, its tag or its name was altered')
  }
  return { plaintext, type }
}

/**
 * Reads a ciphertext's parts, and nothing more: what `verify` can do without a key.
 *
 * @throws SealwardError malformed
 */
export function parseSealed(stored: string): { data: Buffer; iv: Buffer; tag: Buffer; type: ValueType } {
  const match = SEALED.exec(stored)
  if (match === null) throw malformed('a ciphertext breaks the grammar')
  const [data, iv, tag] = [fromBase64(match[1]!), fromBase64(match[2]!), fromBase64(match[3]!)]
  if (iv.length < 12 || iv.length > 64) throw malformed('a ciphertext with an IV of an unusual length')
  if (tag.length !== TAG_BYTES) throw malformed('a ciphertext with a shortened tag')
  return { data, iv, tag, type: match[4] as ValueType }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}

/** One accepted encoding: a second spelling of the same bytes would let a file change without its MAC changing. */
function fromBase64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.toString('base64') !== text) throw malformed('a ciphertext with base64 that is not canonical')
  return bytes
}

function malformed(message: string): SealwardError {
  return new SealwardError('malformed', message)
}
