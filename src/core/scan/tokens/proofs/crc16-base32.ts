import type { Proof } from '../token-rule.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Stellar seeds (SEP-23) and NATS keys: base 32, of which the last two bytes are a CRC-16 (XMODEM), low byte first. */
export function crc16Base32(token: string): Proof {
  const bytes = decodeBase32(token)
  const sum = bytes.slice(0, -2).reduce(addByte, 0)
  return bytes.at(-2) === (sum & 255) && bytes.at(-1) === sum >>> 8 ? 'holds' : 'fails'
}

function addByte(sum: number, byte: number): number {
  let next = sum ^ (byte << 8)
  for (let bit = 0; bit < 8; bit += 1) next = next & 0x8000 ? ((next << 1) ^ 0x1021) & 0xffff : next << 1
  return next
}

/** Whole bytes only: bits left over at the end are dropped. */
function decodeBase32(text: string): number[] {
  const bytes: number[] = []
  let held = 0
  let bits = 0
  for (const character of text) {
    held = ((held << 5) | ALPHABET.indexOf(character)) & 0xfff
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes.push((held >>> bits) & 255)
    }
  }
  return bytes
}
