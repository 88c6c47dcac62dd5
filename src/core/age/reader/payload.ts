import { hkdfSync } from 'node:crypto'
import { SealwardError } from '../../errors.ts'
import { openAead, TAG_BYTES } from './aead.ts'

const NONCE_BYTES = 16
const CHUNK_BYTES = 64 * 1024
/** Chunk number zero, and the flag of the final chunk. c2sp.org/age, "Payload". */
const FIRST_AND_FINAL = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)

/**
 * Opens a payload of one chunk, which is all that a data key of 32 bytes needs.
 *
 * @throws SealwardError malformed when it was altered or cut short, limit past one chunk
 */
export function openPayload(payload: Uint8Array, fileKey: Uint8Array): Uint8Array {
  const sealed = payload.subarray(NONCE_BYTES)
  if (payload.length < NONCE_BYTES + TAG_BYTES) throw broken('is cut short')
  if (sealed.length > CHUNK_BYTES + TAG_BYTES)
    throw new SealwardError('limit', 'the payload of the age file is larger than 64 KiB')
  const key = new Uint8Array(hkdfSync('sha256', fileKey, payload.subarray(0, NONCE_BYTES), 'payload', 32))
  const plaintext = openAead(sealed, { key, nonce: FIRST_AND_FINAL })
  if (plaintext === null) throw broken('was altered, or has more than one part')
  return plaintext
}

function broken(how: string): SealwardError {
  return new SealwardError('malformed', `the payload of the age file ${how}`)
}
