import { createDecipheriv, type KeyObject } from 'node:crypto'
import { SealwardError } from '../../errors.ts'
import { parseSealed, TAG_BYTES, type ValueType } from './sealed.ts'

/** An opened ciphertext: the plaintext as it entered GCM, which is also what enters the MAC. */
export interface OpenedValue {
  readonly plaintext: Buffer
  readonly type: ValueType
}

/**
 * @param key the data key as OpenSSL holds it, made once for a file: with plain bytes each value would cost four times as much
 * @throws SealwardError malformed when the text is not a canonical ciphertext, value-not-authentic when GCM refuses it
 */
export function openValue(stored: string, key: KeyObject, context: string): OpenedValue {
  const { data, iv, tag, type } = parseSealed(stored)
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES })
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
