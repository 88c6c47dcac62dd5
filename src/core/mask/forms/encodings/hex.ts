import type { Family } from '../family.ts'

/** Hexadecimal digits without anything between them. */
export const hex: Family = {
  name: 'hex',
  leaves: true,
  forms({ bytes }) {
    const digits = bytes.toString('hex')
    return [digits, digits.toUpperCase()]
  },
}

/** Byte by byte in hexadecimal: dumps, fingerprints, escapes of every byte. */
export const hexBytes: Family = {
  name: 'hex, byte by byte',
  longest: 1024,
  *forms({ bytes }) {
    const lower = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    const upper = lower.map((digits) => digits.toUpperCase())
    for (const digits of [lower, upper]) {
      yield `\\x${digits.join('\\x')}`
      yield `%${digits.join('%')}`
      yield digits.join(':')
      yield digits.join('-')
    }
    yield upper.join(' ')
    yield* groupsOf(8, lower, ' ') // hexdump -C, od -tx1, Node's buffers
    yield* groupsOf(4, pairs(lower), ' ') // xxd
    for (const separator of [', ', ',', ' ']) yield `0x${lower.join(`${separator}0x`)}` // C, Go
  },
}

/** In groups, because dumps have eight or sixteen bytes a line. A last group that is short joins the one before it. */
function* groupsOf(size: number, bytes: readonly string[], separator: string): Iterable<string> {
  for (let from = 0; from < bytes.length; from += size) {
    const group = bytes.slice(from, from + size)
    yield (group.length === size ? group : bytes.slice(-size)).join(separator)
  }
}

function pairs(bytes: readonly string[]): string[] {
  return Array.from({ length: Math.floor(bytes.length / 2) }, (_, at) => `${bytes[at * 2]}${bytes[at * 2 + 1]}`)
}
