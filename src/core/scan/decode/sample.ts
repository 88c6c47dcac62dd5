import { isPrintable } from './printable.ts'

/** Groups of four characters that are decoded to see whether a run holds text: by chance they do once in five thousand times. */
const GROUPS = 3
const HEX_PAIRS = 8
/** The value of a character of base64 in either alphabet (RFC 4648, sections 4 and 5), and of a hexadecimal digit; 255 for others. */
const SEXTETS = table('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')
SEXTETS[0x2d] = 62
SEXTETS[0x5f] = 63
const DIGITS = table('0123456789abcdef')
for (let digit = 10; digit < 16; digit += 1) DIGITS[0x41 + digit - 10] = digit

/**
 * How many characters at the front of a run of base64 are not part of it (`data/c2Vj...`): of the four possible beginnings of a
 * group only the right one shows text. Looks at three places, of which one may show a letter beyond ASCII.
 *
 * @returns null when the run shows no text
 */
export function textShift(bytes: Uint8Array, start: number, end: number): number | null {
  const last = end - start - GROUPS * 4 - 3
  for (const place of [0, (last >> 1) & ~3, last & ~3]) {
    for (let shift = 0; shift < 4; shift += 1) if (showsText(bytes, start + place + shift)) return shift
  }
  return null
}

/** Whether the first digits of a run are hexadecimal and show text. A digest does once in two thousand times. */
export function showsHexText(bytes: Uint8Array, start: number): boolean {
  for (let at = start; at < start + HEX_PAIRS * 2; at += 2) {
    const high = DIGITS[bytes[at] as number] as number
    const low = DIGITS[bytes[at + 1] as number] as number
    if (high > 15 || low > 15 || !isPrintable((high << 4) | low)) return false
  }
  return true
}

/** Nearly always ends at the first or second byte. */
function showsText(bytes: Uint8Array, from: number): boolean {
  for (let at = from; at < from + GROUPS * 4; at += 4) {
    const first = SEXTETS[bytes[at] as number] as number
    const second = SEXTETS[bytes[at + 1] as number] as number
    if (!isPrintable(((first << 2) | (second >> 4)) & 255)) return false
    const third = SEXTETS[bytes[at + 2] as number] as number
    if (!isPrintable(((second << 4) | (third >> 2)) & 255)) return false
    if (!isPrintable(((third << 6) | (SEXTETS[bytes[at + 3] as number] as number)) & 255)) return false
  }
  return true
}

function table(alphabet: string): Uint8Array {
  const values = new Uint8Array(256).fill(255)
  for (let value = 0; value < alphabet.length; value += 1) values[alphabet.charCodeAt(value)] = value
  return values
}
