import type { Family } from '../family.ts'

/** What a writer of URLs leaves as it is, besides letters and digits, and what it makes of a space. */
interface Writer {
  readonly kept: string
  readonly space?: '+'
}

const WRITERS: readonly Writer[] = [
  { kept: '-._~' }, // RFC 3986 unreserved: curl, jq, Python with safe='', .NET, the runner
  { kept: "-_.!~*'()" }, // encodeURIComponent
  { kept: '*-._', space: '+' }, // application/x-www-form-urlencoded: URLSearchParams, Java
  { kept: '-._~', space: '+' }, // Python's quote_plus, Go's QueryEscape
  { kept: '-._', space: '+' }, // PHP's urlencode
  { kept: '-._~/' }, // Python's quote
  { kept: "-_.!~*'();,/?:@&=+$#" }, // encodeURI
  { kept: '-._~$&+,;=' }, // Go's userinfo
  { kept: '-._~$&+=:@' }, // Go's PathEscape
  { kept: '-._~$&+,/:;=@' }, // Go's path
  { kept: "-._~!$&'()*+,;=" }, // RFC 3986 userinfo and sub-delims
  { kept: "-._~!$&'()*+,;=:@" }, // RFC 3986 path segment
  { kept: "-._~!$&'()*+,;=:@/?" }, // RFC 3986 query
  { kept: "-._~!$%&'()*+," }, // WHATWG userinfo
  { kept: "-._~!$%&'()*+,;=:@/[\\]|" }, // WHATWG path
  { kept: "-._~!$%&'()*+,;=:@/[]|\\^" },
  { kept: '-._~!$%&()*+,;=:@/?[\\]^`{|}' }, // WHATWG query
  { kept: "-._~!$%&'()*+,;=:@/?[\\]^`{|}" },
  { kept: "-._~!#$%&'()*+,/:;=?@[]" }, // requests, wget
  { kept: "-_.!~*'():$,[]", space: '+' }, // axios
  { kept: '@*_+-./' }, // escape(), for ASCII
  { kept: '!"#$&\'()*+,-./:;<=>?@[\\]^_`{|}~' }, // only spaces, percent signs and what is not ASCII
  { kept: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~', space: '+' },
]

/** Percent-encoded, by every writer, in upper-case digits. */
export const url: Family = {
  name: 'URL',
  leaves: true,
  lines: true,
  forms: (text) => WRITERS.map((writer) => write(text, writer)),
}

/** The same in lower-case digits; line ends as a form sends them; JavaScript's escape(). */
export const urlRare: Family = {
  name: 'URL, rare spellings',
  leaves: true,
  *forms(text) {
    for (const writer of WRITERS) yield lower(write(text, writer))
    if (/[\r\n]/.test(text)) for (const writer of WRITERS) yield write(text.replace(/\r\n|\r|\n/g, '\r\n'), writer)
    yield unicodeEscape(text)
  },
}

/** A URL as a parameter of a URL: redirects, signature bases. */
export const urlTwice: Family = {
  name: 'URL in URL',
  *forms(text) {
    for (const inner of WRITERS.slice(0, 7)) {
      const once = write(text, inner)
      yield once.replaceAll('%', '%25')
      yield lower(once).replaceAll('%', '%25')
      for (const outer of WRITERS.slice(0, 4)) yield write(once, outer)
    }
  },
}

function write(text: string, { kept, space }: Writer): string {
  return text.replace(/[^A-Za-z0-9]/gu, (character) => {
    if (kept.includes(character)) return character
    return character === ' ' && space !== undefined ? space : percent(character)
  })
}

function percent(character: string): string {
  const code = character.charCodeAt(0)
  if (code < 0x80) return `%${code.toString(16).toUpperCase().padStart(2, '0')}`
  return encodeURIComponent(character)
}

function lower(encoded: string): string {
  return encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())
}

/** `%u20AC`, of JavaScript's deprecated escape(). */
function unicodeEscape(text: string): string {
  return text.replace(/[^A-Za-z0-9@*_+\-./]/g, (unit) => {
    const code = unit.charCodeAt(0).toString(16).toUpperCase()
    return code.length > 2 ? `%u${code.padStart(4, '0')}` : `%${code.padStart(2, '0')}`
  })
}
