import type { Family } from '../family.ts'
import { marking, replacing, spellAs } from '../spelling.ts'
import { base64Cores, type Masker } from '../text.ts'

/** Base64 of any text that holds the value, in both alphabets of RFC 4648. */
export const base64: Family = {
  name: 'base64',
  leaves: true,
  longest: Number.POSITIVE_INFINITY,
  forms: ({ cores }) => cores.flatMap(inBothAlphabets),
}

/** Base64 of base64, which defeats masks of base64: three alignments of the inner text, three of the outer. */
export const base64Twice: Family = {
  name: 'base64 of base64',
  *forms({ cores, masker }) {
    for (const inner of cores.flatMap(inBothAlphabets)) yield* coresOfMask(inner, masker)
    const [twice] = coresOf(cores[0]!)
    yield coresOf(twice!)[0]! // of the value alone, once more
  },
}

/** Base64 that is quoted in its turn: in a URL, by PHP's and .NET's JSON. */
export const base64Quoted: Family = {
  name: 'base64, quoted',
  *forms({ cores }) {
    for (const core of cores) if (/[+/]/.test(core)) for (const spelling of QUOTED) yield spellAs(core, spelling)
  },
}

const QUOTED = [
  marking('/'),
  replacing({ '+': '\\u002B' }),
  replacing({ '+': '%2B', '/': '%2F' }),
  replacing({ '+': '%2b', '/': '%2f' }),
]

/** The cores of a text in ASCII. */
export function coresOf(ascii: string): string[] {
  return base64Cores(Buffer.from(ascii, 'latin1'))
}

/**
 * The cores of a text that is itself a mask. The runner encodes each mask from its first, second and third byte, with the padding:
 * it makes the one core that ends where a group of four does, but for three characters at its beginning.
 */
export function coresOfMask(ascii: string, masker: Masker): string[] {
  const cores = coresOf(ascii)
  return masker === 'filter' ? cores : cores.filter((_, shift) => (shift + ascii.length) % 3 !== 0)
}

/** As it is, and in the alphabet of RFC 4648 section 5. */
export function inBothAlphabets(encoded: string): string[] {
  if (!/[+/]/.test(encoded)) return [encoded]
  return [encoded, encoded.replaceAll('+', '-').replaceAll('/', '_')]
}
