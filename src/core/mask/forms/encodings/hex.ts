import { HEX } from '../byte-table.ts'
import type { Family } from '../family.ts'

const LONGEST = 4096
const SHORTEST = 8
/** Node shows so many bytes of a buffer. */
const INSPECTED = 50

/** Hexadecimal digits without anything between them. */
export const hex: Family = {
  name: 'hex',
  leaves: true,
  longest: Number.POSITIVE_INFINITY,
  forms: (text) => [text.hex, text.hex.toUpperCase()],
}

/** Byte by byte in hexadecimal: fingerprints, arrays, escapes of every byte. */
export const hexBytes: Family = {
  name: 'hex, byte by byte',
  longest: LONGEST,
  forms({ bytes }) {
    const pairs = HEX.spell(bytes)
    const spaced = pairs.join(' ')
    const upper = spaced.toUpperCase()
    const upperPairs = upper.split(' ')
    return [
      spaced,
      pairs.join(':'),
      upper,
      upperPairs.join(':'),
      spaced.slice(0, 3 * INSPECTED - 1),
      upperPairs.join('-'), // .NET's BitConverter
      `\\x${pairs.join('\\x')}`,
      `%${upperPairs.join('%')}`,
      `0x${pairs.join(', 0x')}`, // C, Go
    ]
  },
}

/** Dumps in columns, of a text that begins with the value; eight or sixteen bytes a line. */
export const hexDumps: Family = {
  name: 'hex dumps',
  longest: 400,
  *forms(text) {
    yield* groups(HEX.spell(text.bytes).join(' '), 3 * 8) // hexdump -C, od -tx1, Node's buffers
    yield* groups(text.hex.replace(/....(?!$)/g, '$& '), 5 * 4) // xxd
  },
}

/** One a line; a last one that is short also together with what is before it. */
function groups(spaced: string, width: number): string[] {
  const count = Math.ceil((spaced.length + 1) / width)
  const cut = Array.from({ length: count }, (_, at) => spaced.slice(at * width, (at + 1) * width).trim())
  return [...cut, spaced.slice(1 - width).trim()].filter((group) => group.length >= SHORTEST)
}
