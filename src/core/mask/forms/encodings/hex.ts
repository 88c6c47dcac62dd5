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
  forms({ bytes }) {
    const digits = bytes.toString('hex')
    return [digits, digits.toUpperCase()]
  },
}

/** Byte by byte in hexadecimal: fingerprints, arrays, escapes of every byte. */
export const hexBytes: Family = {
  name: 'hex, byte by byte',
  longest: LONGEST,
  *forms({ bytes }) {
    const lower = bytes.toString('hex').replace(/..(?!$)/g, '$& ')
    const upper = lower.toUpperCase()
    for (const spaced of [lower, upper]) {
      yield spaced
      yield spaced.replaceAll(' ', ':')
    }
    yield lower.slice(0, 3 * INSPECTED - 1)
    yield upper.replaceAll(' ', '-') // .NET's BitConverter
    yield `\\x${lower.replaceAll(' ', '\\x')}`
    yield `%${upper.replaceAll(' ', '%')}`
    yield `0x${lower.replaceAll(' ', ', 0x')}` // C, Go
  },
}

/** Dumps in columns, of a text that begins with the value; eight or sixteen bytes a line. */
export const hexDumps: Family = {
  name: 'hex dumps',
  longest: 400,
  *forms({ bytes }) {
    const digits = bytes.toString('hex')
    yield* groups(digits.replace(/..(?!$)/g, '$& '), 3 * 8) // hexdump -C, od -tx1, Node's buffers
    yield* groups(digits.replace(/....(?!$)/g, '$& '), 5 * 4) // xxd
  },
}

/** One a line; a last one that is short also together with what is before it. */
function groups(spaced: string, width: number): string[] {
  const count = Math.ceil((spaced.length + 1) / width)
  const cut = Array.from({ length: count }, (_, at) => spaced.slice(at * width, (at + 1) * width).trim())
  return [...cut, spaced.slice(1 - width).trim()].filter((group) => group.length >= SHORTEST)
}
