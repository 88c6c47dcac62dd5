import type { Family } from '../family.ts'
import { type Spelling, spell, spellAs, Writers } from '../spelling.ts'
import { Text } from '../text.ts'

/** What writers of URLs leave as it is, besides letters and digits; and a plus where they make that of a space. */
const KEPT: readonly (readonly [kept: string, space?: '+'])[] = [
  ['-._~'], // RFC 3986 unreserved: curl, jq, Python with safe='', .NET
  ["-_.!~*'()"], // encodeURIComponent
  ['*-._', '+'], // application/x-www-form-urlencoded: URLSearchParams, Java
  ['-._~', '+'], // Python's quote_plus, Go's QueryEscape
  ['-._', '+'], // PHP's urlencode
  ['-._~/'], // Python's quote
  ["-_.!~*'();,/?:@&=+$#"], // encodeURI
  ['-._~$&+,;='], // Go's userinfo
  ['-._~$&+=:@'], // Go's PathEscape
  ['-._~$&+,/:;=@'], // Go's path
  ["-._~!$&'()*+,;="], // RFC 3986 userinfo
  ["-._~!$&'()*+,;=:"], // Java's URI
  ["-._~!$&'()*+,;=:@"], // RFC 3986 path segment
  ["-._~!$&'()*+,;=:@/?"], // RFC 3986 query
  ["-._~!$%&'()*+,"], // WHATWG userinfo
  ["-._~!$%&'()*+,;=:@/[\\]|"], // WHATWG path
  ["-._~!$%&'()*+,;=:@/[]|\\^"],
  ['-._~!$%&()*+,;=:@/?[\\]^`{|}'], // WHATWG query
  ["-._~!$%&'()*+,;=:@/?[\\]^`{|}"],
  ["-._~!#$%&'()*+,/:;=?@[]"], // requests, wget
  ["-_.!~*'():$,[]", '+'], // axios
  ['@*_+-./'], // escape(), for ASCII
  ['!"#$&\'()*+,-./:;<=>?@[\\]^_`{|}~'], // only spaces, percent signs and what is not ASCII
  ['!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~', '+'],
]

const SPELLINGS = KEPT.map(([kept, space]) => percent(kept, space))
const LOWER_SPELLINGS = SPELLINGS.map(
  (spelling): Spelling =>
    (character) => {
      const code = spelling(character)
      return code === character ? code : code.toLowerCase()
    },
)
const UPPER = new Writers(() => SPELLINGS)
const LOWER = new Writers(() => [...LOWER_SPELLINGS, unicodeEscape])
const COMMON = new Writers(() => SPELLINGS.slice(0, 3))
const INNER = new Writers(() => [...SPELLINGS.slice(0, 7), ...LOWER_SPELLINGS.slice(0, 7)])
const OUTER = new Writers(() => SPELLINGS.slice(0, 4))

/** Percent-encoded, by every writer, in upper-case digits. */
export const url: Family = { name: 'URL', leaves: true, sparesWords: true, forms: (text) => spell(text, UPPER) }

/** The same in lower-case digits and by JavaScript's escape(); line ends as a form sends them. */
export const urlRare: Family = {
  name: 'URL, rare spellings',
  sparesWords: true,
  leaves: true,
  *forms(text) {
    yield* spell(text, LOWER)
    if (text.hasLines) yield* spell(new Text(text.plain.replace(/\r\n|\r|\n/g, '\r\n')), UPPER)
  },
}

/** A URL as a parameter of a URL: redirects, signature bases. */
export const urlTwice: Family = {
  name: 'URL in URL',
  sparesWords: true,
  forms: (text) => spell(text, COMMON).map((once) => once.replaceAll('%', '%25')),
}

/** The same by other writers, and by two that are not the same. */
export const urlTwiceRare: Family = {
  name: 'URL in URL, rare spellings',
  sparesWords: true,
  *forms(text) {
    for (const once of spell(text, INNER)) {
      yield once.replaceAll('%', '%25')
      yield* spell(new Text(once), OUTER)
    }
  },
}

/** As encodeURIComponent does it. */
export function asUrl(text: string): string {
  return spellAs(text, SPELLINGS[1]!)
}

function percent(kept: string, space?: '+'): Spelling {
  return (character) => {
    if (kept.includes(character)) return character
    if (character === ' ' && space !== undefined) return space
    const code = character.charCodeAt(0)
    return code < 0x80 ? `%${code.toString(16).toUpperCase().padStart(2, '0')}` : encodeURIComponent(character)
  }
}

/** `%u20AC`, of JavaScript's deprecated escape(). */
function unicodeEscape(character: string): string {
  if ('@*_+-./'.includes(character)) return character
  return Array.from({ length: character.length }, (_, at) => {
    const code = character.charCodeAt(at).toString(16).toUpperCase()
    return code.length > 2 ? `%u${code.padStart(4, '0')}` : `%${code.padStart(2, '0')}`
  }).join('')
}
