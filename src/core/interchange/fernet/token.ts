import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { SealwardError } from '../../errors.ts'
import type { FernetKey } from './key.ts'

const VERSION = 0x80
const HEAD_BYTES = 9
const IV_BYTES = 16
const HMAC_BYTES = 32
const BLOCK_BYTES = 16
const SHAPE = /^[A-Za-z0-9_-]+={0,2}$/

/** Whether a text has the look of a token: the version byte and the zeros of a time before the year 2106, as base64. */
export function looksLikeToken(text: string): boolean {
  return text.startsWith('gAAAAA') && SHAPE.test(text)
}

/**
 * Opens a Fernet token with the first key whose HMAC agrees. Its age does not count: a file is not a session.
 *
 * @returns null when no key fits
 * @throws SealwardError malformed when the text is no token, value-not-authentic when a key fits and the padding is wrong
 */
export function openToken(token: string, keys: readonly FernetKey[]): Buffer | null {
  const bytes = decode(token)
  const signed = bytes.subarray(0, -HMAC_BYTES)
  const hmac = bytes.subarray(-HMAC_BYTES)
  const key = keys.find(({ signing }) => timingSafeEqual(createHmac('sha256', signing).update(signed).digest(), hmac))
  return key === undefined ? null : decrypt(signed.subarray(HEAD_BYTES), key)
}

/** Seals bytes under a fresh IV. The time is written in whole seconds. */
export function sealToken(plaintext: Uint8Array, key: FernetKey, now: Date): string {
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeUInt8(VERSION, 0)
  head.writeBigUInt64BE(BigInt(Math.floor(now.getTime() / 1000)), 1)
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-128-cbc', key.encryption, iv)
  const signed = Buffer.concat([head, iv, cipher.update(plaintext), cipher.final()])
  const bytes = Buffer.concat([signed, createHmac('sha256', key.signing).update(signed).digest()])
  return bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_')
}

/** One accepted spelling, padding included: the specification's, and what every implementation writes. */
function decode(token: string): Buffer {
  const bytes = Buffer.from(token, 'base64url')
  const padding = '='.repeat((4 - (token.replace(/={1,2}$/, '').length % 4)) % 4)
  if (!SHAPE.test(token) || bytes.toString('base64url') + padding !== token)
    throw malformed('not base64 as a token has it')
  const cipherBytes = bytes.length - HEAD_BYTES - IV_BYTES - HMAC_BYTES
  if (cipherBytes < BLOCK_BYTES || cipherBytes % BLOCK_BYTES !== 0) throw malformed('cut short')
  if (bytes[0] !== VERSION) throw malformed('of an unknown version')
  return bytes
}

/** Only behind a right HMAC: the padding of a forged token would answer questions about the plaintext. */
function decrypt(sealed: Buffer, { encryption }: FernetKey): Buffer {
  const decipher = createDecipheriv('aes-128-cbc', encryption, sealed.subarray(0, IV_BYTES))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES)), decipher.final()])
  } catch {
    throw new SealwardError('value-not-authentic', 'a Fernet token with a wrong padding')
  }
}

function malformed(why: string): SealwardError {
  return new SealwardError('malformed', `a Fernet token is ${why}`)
}
