import type { Family } from '../family.ts'

/** Hexadecimal digits without anything between them. */
export const hex: Family = {
  name: 'hex',
  leaves: true,
  forms(text) {
    const digits = Buffer.from(text, 'utf8').toString('hex')
    return [digits, digits.toUpperCase()]
  },
}

/** Byte by byte in hexadecimal: dumps, fingerprints, escapes of every byte. */
export const hexBytes: Family = {
  name: 'hex, byte by byte',
  longest: 1024,
  *forms(text) {
    const lower = Array.from(Buffer.from(text, 'utf8'), (byte) => byte.toString(16).padStart(2, '0'))
    const upper = lower.map((digits) => digits.toUpperCase())
    for (const bytes of [lower, upper])
      for (const mark of ['\\x', '%']) yield bytes.map((byte) => `${mark}${byte}`).join('')
    for (const separator of [' ', ':']) for (const bytes of [lower, upper]) yield* groupsOf(8, bytes, separator)
    yield upper.join('-') // .NET's BitConverter
    yield lower.join('-')
    yield lower.map((byte) => `0x${byte}`).join(', ') // C, Go's %#v
    yield lower.map((byte) => `0x${byte}`).join(',')
    yield lower.map((byte) => `0x${byte}`).join(' ')
    yield* groupsOf(4, pairs(lower), ' ') // xxd
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
