import { crc32 } from 'node:zlib'
import type { Random } from '../random.ts'
import { BASE62, HEX, UPPER } from './alphabets.ts'

/** Body and base62 CRC-32 in six places, as two large hosts of code and packages append it. */
export function withBase62Check(random: Random, body: string): string {
  // Published samples are often typed by hand: one in four carries a wrong checksum, and its shape is still the token's.
  if (random.chance(0.25)) return body + random.characters(BASE62, 6)
  const alphabet = BASE62.slice(0, 10) + BASE62.slice(10, 36) + BASE62.slice(36)
  let left = crc32(body)
  let digits = ''
  for (let place = 0; place < 6; place += 1) {
    digits = alphabet.charAt(left % 62) + digits
    left = Math.floor(left / 62)
  }
  return body + digits
}

/** Eight hex digits of CRC-32 over the text, in the case asked for. */
export function hexCheck(random: Random, text: string): string {
  if (random.chance(0.25)) return random.characters(HEX, 8)
  return crc32(text).toString(16).padStart(8, '0')
}

/** Bech32 (BIP 173) of 32 random bytes under a human part, in upper case. */
export function bech32(random: Random, human: string): string {
  const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
  const data = [...Array.from({ length: 51 }, () => random.integer(0, 31)), random.pick([0, 16])]
  const expanded = [...[...human].map((c) => c.charCodeAt(0) >> 5), 0, ...[...human].map((c) => c.charCodeAt(0) & 31)]
  const check = polymod([...expanded, ...data, 0, 0, 0, 0, 0, 0]) ^ 1
  const tail = [0, 1, 2, 3, 4, 5].map((place) => (check >>> (5 * (5 - place))) & 31)
  return `${human}1${[...data, ...tail].map((five) => alphabet.charAt(five)).join('')}`.toUpperCase()
}

function polymod(values: readonly number[]): number {
  const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]
  let sum = 1
  for (const value of values) {
    const top = sum >>> 25
    sum = ((sum & 0x1ffffff) << 5) ^ value
    for (const [bit, generator] of generators.entries()) if ((top >> bit) & 1) sum ^= generator
  }
  return sum >>> 0
}

/** A cloud key id: no digit of it can be 0, 1, 8 or 9. */
export function cloudKeyId(random: Random): string {
  return `${random.pick(['AK', 'AK', 'AK', 'AS'])}IA${random.characters(`${UPPER}234567`, 16)}`
}
