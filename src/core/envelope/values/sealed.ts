import { SealwardError } from '../../errors.ts'

export type ValueType = 'str' | 'int' | 'float' | 'bool' | 'bytes' | 'time' | 'comment'

export const TAG_BYTES = 16

const SEALED =
  /^ENC\[AES256_GCM,data:([A-Za-z0-9+/]+={0,2}),iv:([A-Za-z0-9+/]+={0,2}),tag:([A-Za-z0-9+/]+={0,2}),type:(str|int|float|bool|bytes|time|comment)\]$/

/** Whether a stored value claims to be ciphertext; its grammar is checked when it is opened. */
export function looksSealed(stored: string): boolean {
  return stored.startsWith('ENC[')
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

/** One accepted encoding: a second spelling of the same bytes would let a file change without its MAC changing. */
function fromBase64(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.toString('base64') !== text) throw malformed('a ciphertext with base64 that is not canonical')
  return bytes
}

function malformed(message: string): SealwardError {
  return new SealwardError('malformed', message)
}
