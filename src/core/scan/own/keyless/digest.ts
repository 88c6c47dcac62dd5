import { hash } from 'node:crypto'

/** 96 bits in base64url. */
const DIGITS = 16

/**
 * What an index says of windows: SHA-256 over its salt and the window, cut to 96 bits, which no two windows share by chance. Salt
 * and window have fixed lengths, so nothing is gained by HMAC, which takes twice the time.
 */
export function windowDigests(salt: Uint8Array): (window: string) => string {
  const key = Buffer.from(salt).toString('latin1')
  return (window) => hash('sha256', Buffer.from(key + window, 'latin1'), 'base64url').slice(0, DIGITS)
}
