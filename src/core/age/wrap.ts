import { SealwardError } from '../errors.ts'
import type { Recipient } from './recipient.ts'

const DATA_KEY_BYTES = 32

/**
 * Wraps a file's data key for one recipient.
 *
 * @returns an armored age file with one stanza; the line end after it belongs to it, as sops stores it
 * @throws SealwardError recipient-invalid when nothing can be encrypted to the recipient: a point of low order
 */
export async function wrapDataKey(dataKey: Uint8Array, recipient: Recipient): Promise<string> {
  if (dataKey.length !== DATA_KEY_BYTES) throw new SealwardError('internal', 'a data key is not of 32 bytes')
  const { armor, Encrypter } = await import('age-encryption')
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient.text)
  try {
    return armor.encode(await encrypter.encrypt(dataKey))
  } catch {
    throw new SealwardError('recipient-invalid', 'nothing can be encrypted to one of the recipients', {
      hint: 'its key is no valid point: ask its owner for a new recipient',
    })
  }
}
