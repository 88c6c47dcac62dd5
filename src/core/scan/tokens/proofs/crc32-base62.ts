import type { Proof } from '../token-rule.ts'
import { crc32 } from './crc32.ts'

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const LENGTH = 6

/**
 * The scheme of GitHub, npm and Vercel: after a prefix of four characters, the last six are the CRC-32 of the others, in base 62.
 * The prefix is not summed. A token of any other make than `length` characters says nothing.
 */
export function crc32Base62(length: number): (token: string) => Proof {
  return (token) => {
    if (token.length !== length) return 'none'
    return token.slice(-LENGTH) === toBase62(crc32(token.slice(4, -LENGTH))) ? 'holds' : 'fails'
  }
}

/** Six digits: 62 to the sixth is more than 2 to the 32nd. */
export function toBase62(value: number): string {
  let digits = ''
  for (let rest = value; digits.length < LENGTH; rest = Math.floor(rest / 62))
    digits = DIGITS.charAt(rest % 62) + digits
  return digits
}
