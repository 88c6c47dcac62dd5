import { coresOfEach } from '../cores.ts'
import type { Family } from '../family.ts'
import { marking, replacing, spellAs } from '../spelling.ts'
import type { Masker } from '../text.ts'

/** Base64 of any text that holds the value, in both alphabets of RFC 4648. */
export const base64: Family = {
  name: 'base64',
  leaves: true,
  longest: Number.POSITIVE_INFINITY,
  forms: ({ cores }) => inBothAlphabets(cores),
}

/** Base64 of base64, which defeats masks of base64: three alignments of the inner text, three of the outer. */
export const base64Twice: Family = {
  name: 'base64 of base64',
  forms({ cores, masker }) {
    const inner = inBothAlphabets(cores)
    const outer = coresOfEach(inner)
    const alone = coresOfEach([outer[0]![0]!])[0]![0]! // of the value, once more
    return [...outer.flatMap((each, at) => unknownTo(masker, each, inner[at]!)), alone]
  },
}

/** Base64 that is quoted in its turn: in a URL, by PHP's and .NET's JSON. That of a word has neither `+` nor `/` in it. */
export const base64Quoted: Family = {
  name: 'base64, quoted',
  sparesWords: true,
  *forms({ cores }) {
    for (const core of cores) if (hasSigns(core)) for (const spelling of QUOTED) yield spellAs(core, spelling)
  },
}

const QUOTED = [
  marking('/'),
  replacing({ '+': '\\u002B' }),
  replacing({ '+': '%2B', '/': '%2F' }),
  replacing({ '+': '%2b', '/': '%2f' }),
]

/**
 * Of the cores of a text that is itself a mask, those that the masker does not make. The runner encodes each mask from its first,
 * second and third byte, with the padding: it makes the one core that ends where a group of four does, but for three characters at
 * its beginning.
 */
export function unknownTo(masker: Masker, cores: readonly string[], { length }: string): readonly string[] {
  return masker === 'filter' ? cores : cores.filter((_, shift) => (shift + length) % 3 !== 0)
}

/** As they are, and each in the alphabet of RFC 4648 section 5. */
export function inBothAlphabets(encoded: readonly string[]): readonly string[] {
  if (!encoded.some(hasSigns)) return encoded
  return encoded.flatMap((one) => (hasSigns(one) ? [one, one.replaceAll('+', '-').replaceAll('/', '_')] : [one]))
}

function hasSigns(encoded: string): boolean {
  return encoded.includes('+') || encoded.includes('/')
}
