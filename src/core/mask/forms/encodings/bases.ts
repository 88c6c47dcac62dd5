import type { Family } from '../family.ts'

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const BASE32_HEX = '0123456789ABCDEFGHIJKLMNOPQRSTUV'
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const ASCII85 = Array.from({ length: 85 }, (_, at) => String.fromCharCode(33 + at)).join('')
const BASE85 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~' // RFC 1924, git, Python
const Z85 = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#'
const UUENCODE = Array.from({ length: 64 }, (_, at) => String.fromCharCode(at === 0 ? 96 : 32 + at)).join('')

/** RFC 4648 section 6: five bytes make eight characters, so there are five ways in which the value can lie. */
export const base32: Family = {
  name: 'base32',
  longest: 4096,
  forms: ({ bytes }) => base32Cores(bytes, BASE32),
}

/** Base85 in its three alphabets, base32 in its other one, base58 and uuencode. */
export const rareBases: Family = {
  name: 'base85, base58, uuencode',
  longest: 4096,
  *forms({ bytes }) {
    for (const alphabet of [ASCII85, BASE85])
      for (let shift = 0; shift < 4; shift += 1) yield base85(bytes, shift, alphabet)
    yield base85(bytes, 0, Z85)
    yield* base32Cores(bytes, BASE32_HEX)
    if (bytes.length < SHORT) yield base58(bytes)
    yield* uuencoded(bytes)
  },
}

/** Base58 takes time that grows with the square of the length. */
const SHORT = 256

/** For each of the five ways the first bits, whose character the byte before has a part in. */
const SKIPPED = [0, 2, 4, 1, 3]

function base32Cores(bytes: Uint8Array, alphabet: string): string[] {
  return SKIPPED.map((skipped) => fiveBits(bytes, skipped, alphabet))
}

/** The characters that hold bits of the value alone. */
function fiveBits(bytes: Uint8Array, skipped: number, alphabet: string): string {
  const codes = Buffer.allocUnsafe(Math.max(0, Math.floor((bytes.length * 8 - skipped) / 5)))
  for (let to = 0; to < codes.length; to += 1) {
    const bit = skipped + to * 5
    const two = (bytes[bit >> 3]! << 8) | (bytes[(bit >> 3) + 1] ?? 0)
    codes[to] = alphabet.charCodeAt((two >> (11 - (bit & 7))) & 31)
  }
  return codes.toString('latin1')
}

/** Whole groups of four bytes; those at the ends that share a group with a neighbour are left out. */
function base85(bytes: Uint8Array, shift: number, alphabet: string): string {
  let encoded = ''
  for (let at = (4 - shift) % 4; at + 4 <= bytes.length; at += 4) {
    let word = bytes[at]! * 0x1000000 + ((bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!)
    let group = ''
    for (let digit = 0; digit < 5; digit += 1) {
      group = alphabet[word % 85] + group
      word = Math.floor(word / 85)
    }
    encoded += group
  }
  return encoded
}

/** Of the value alone: a number has no alignments. */
function base58(bytes: Uint8Array): string {
  let number = bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
  let encoded = ''
  for (; number > 0n; number /= 58n) encoded = BASE58[Number(number % 58n)] + encoded
  return encoded
}

/** Lines of 45 bytes of a text that begins with the value, without the length before each. */
function* uuencoded(bytes: Uint8Array): Iterable<string> {
  for (let from = 0; from < bytes.length; from += 45) {
    const line = bytes.subarray(from, from + 45)
    const whole = Math.floor((line.length * 8) / 6)
    const standard = Buffer.from(line).toString('base64').slice(0, whole)
    const encoded = Array.from(standard, (character) => UUENCODE[BASE64.indexOf(character)]).join('')
    yield encoded
    yield encoded.replaceAll('`', ' ').trim() // a writer may use either for zero
  }
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
