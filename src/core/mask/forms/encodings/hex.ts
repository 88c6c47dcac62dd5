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
    const digits = bytes.toString('hex')
    const spaced = digits.replace(/..(?!$)/g, '$& ')
    for (const one of [spaced, spaced.toUpperCase()]) {
      yield `\\x${one.replaceAll(' ', '\\x')}`
      yield `%${one.replaceAll(' ', '%')}`
      yield one.replaceAll(' ', ':')
      yield one.replaceAll(' ', '-')
    }
    yield spaced.toUpperCase()
    yield* groups(spaced, 3 * 8) // hexdump -C, od -tx1, Node's buffers
    yield* groups(digits.replace(/....(?!$)/g, '$& '), 5 * 4) // xxd
    yield `0x${spaced.replaceAll(' ', ', 0x')}` // C, Go
    yield `0x${spaced.replaceAll(' ', ',0x')}`
    yield `0x${spaced.replaceAll(' ', ' 0x')}`
  },
}

/** In groups of eight bytes, because dumps have eight or sixteen a line. A last group that is short joins the one before it. */
function groups(spaced: string, width: number): string[] {
  const count = Math.ceil((spaced.length + 1) / width)
  return Array.from({ length: count }, (_, at) => spaced.slice(at * width, (at + 1) * width - 1)).map((group) =>
    group.length === width - 1 ? group : spaced.slice(1 - width).trim(),
  )
}
