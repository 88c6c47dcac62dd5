/** A Bech32 string taken apart: its prefix in the case it was written in, and the bytes it carries. */
export interface Bech32 {
  readonly prefix: string
  readonly bytes: Uint8Array
}

export type Bech32Fault = 'not bech32' | 'wrong checksum'

const ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const CHECKSUM_LENGTH = 6
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]
/** Twice the longest string in use, a hybrid recipient of 1959 characters: a bound on the work, not a rule of the format. */
const MAX_LENGTH = 4096

/**
 * Reads Bech32 as age uses it: BIP 173 without its limit of 90 characters. Upper or lower case, never mixed; the bits that
 * pad the last group are zero, so that a string of bytes has one spelling in each case.
 *
 * Never throws and never quotes the text, which may be a private key.
 */
export function decodeBech32(text: string): Bech32 | Bech32Fault {
  const lower = text.toLowerCase()
  const separator = lower.lastIndexOf('1')
  const dataLength = text.length - separator - 1
  if (text.length > MAX_LENGTH || separator < 1 || dataLength < CHECKSUM_LENGTH) return 'not bech32'
  if (!/^[!-~]+$/.test(text) || (text !== lower && text !== text.toUpperCase())) return 'not bech32'
  const groups = Array.from(lower.slice(separator + 1), (character) => ALPHABET.indexOf(character))
  if (groups.includes(-1)) return 'not bech32'
  if (checksum([...expandPrefix(lower.slice(0, separator)), ...groups]) !== 1) return 'wrong checksum'
  const bytes = joinGroups(groups.slice(0, -CHECKSUM_LENGTH))
  return bytes === null ? 'not bech32' : { prefix: text.slice(0, separator), bytes }
}

/** Writes bytes under a lower-case prefix. An identity is the result in upper case: the checksum is the same. */
export function encodeBech32(prefix: string, bytes: Uint8Array): string {
  const groups = splitGroups(bytes)
  const sum = checksum([...expandPrefix(prefix), ...groups, 0, 0, 0, 0, 0, 0]) ^ 1
  for (let shift = 25; shift >= 0; shift -= 5) groups.push((sum >>> shift) & 31)
  return `${prefix}1${groups.map((group) => ALPHABET.charAt(group)).join('')}`
}

/** BIP 173: the high bits of each character, a zero, the low bits. */
function expandPrefix(prefix: string): number[] {
  const codes = Array.from(prefix, (character) => character.charCodeAt(0))
  return [...codes.map((code) => code >>> 5), 0, ...codes.map((code) => code & 31)]
}

/** The BCH code of BIP 173, 1 for a valid string. Every intermediate value fits 30 bits, so 32-bit operators suffice. */
function checksum(groups: readonly number[]): number {
  let sum = 1
  for (const group of groups) {
    const top = sum >>> 25
    sum = ((sum & 0x1ffffff) << 5) ^ group
    for (let bit = 0; bit < 5; bit += 1) if ((top >>> bit) & 1) sum ^= GENERATOR[bit]!
  }
  return sum
}

function splitGroups(bytes: Uint8Array): number[] {
  const groups: number[] = []
  let carry = 0
  let bits = 0
  for (const byte of bytes) {
    carry = ((carry << 8) | byte) & 0xfff
    bits += 8
    for (; bits >= 5; bits -= 5) groups.push((carry >>> (bits - 5)) & 31)
  }
  if (bits > 0) groups.push((carry << (5 - bits)) & 31)
  return groups
}

/** Null when the padding is a whole group or is not zero: the same bytes spelt another way. */
function joinGroups(groups: readonly number[]): Uint8Array | null {
  const bytes = new Uint8Array(Math.floor((groups.length * 5) / 8))
  let length = 0
  let carry = 0
  let bits = 0
  for (const group of groups) {
    carry = ((carry << 5) | group) & 0xfff
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes[length++] = (carry >>> bits) & 0xff
  }
  return bits >= 5 || (carry & ((1 << bits) - 1)) !== 0 ? null : bytes
}
