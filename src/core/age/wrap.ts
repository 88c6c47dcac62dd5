import { SealwardError } from '../errors.ts'
import type { Recipient } from './recipient.ts'

/** A data key, and a share of one. */
const LENGTHS: readonly number[] = [32, 33]

/**
 * Wraps a file's data key, or a share of it, for one recipient.
 *
 * @returns an armored age file with one stanza; the line end after it belongs to it, as sops stores it
 * @throws SealwardError recipient-invalid when nothing can be encrypted to the recipient: a point of low order
 */
export async function wrapDataKey(dataKey: Uint8Array, recipient: Recipient): Promise<string> {
  if (!LENGTHS.includes(dataKey.length)) throw new SealwardError('internal', 'a data key is not of 32 bytes')
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
