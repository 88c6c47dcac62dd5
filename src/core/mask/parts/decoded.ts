import { linesWorthHiding } from './lines.ts'
import type { Reading } from './readings.ts'

/** The length is counted afterwards: V8 compiles `{16,}` to sixteen copies. */
const BASE64 = /^([A-Za-z0-9+/_-]+)={0,2}$/
const SHORTEST = 16
const UNPRINTABLE = /[\0-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]/
/** Stands for what is no UTF-8. */
const NO_UTF8 = '\ufffd'

/** What is behind a value that was quoted, escaped or encoded to fit into one line of a .env file. */
export function* decodingsOf(text: string): Iterable<Reading> {
  const unquoted = /^(["'`])([\s\S]+)\1$/.exec(text)?.[2]
  if (unquoted !== undefined) yield { text: unquoted, kind: 'value' }
  const credentials = /^(?:Basic|Bearer|Digest|Token) (\S+)$/i.exec(text)?.[1]
  if (credentials !== undefined) yield { text: credentials, kind: 'leaf' }
  if (text.includes('\\n')) yield { text: text.replaceAll('\\r\\n', '\n').replaceAll('\\n', '\n'), kind: 'leaf' }
  const unescaped = text.includes('://') ? null : percentDecode(text)
  if (unescaped !== null) yield { text: unescaped, kind: 'leaf' }
  yield* behindBase64(text.replace(/\s+/g, ''))
}

/**
 * What `echo` of dash, `echo -e` of bash, and `printf` print of a text with backslashes. Not lines so short that they may be any
 * word: a backslash in a password or a path was not meant as an escape.
 */
export function linesBehindEscapes(text: string, minLength: number): readonly Reading[] {
  if (!text.includes('\\')) return []
  const printed = new Set([DASH_ECHO, BASH_ECHO, PRINTF].map((escapes) => text.replace(escapes, charOf)))
  if (text.endsWith('\\')) printed.add(text.slice(0, -1)) // an escape together with what follows
  printed.delete(text)
  return [...printed]
    .flatMap((one) => linesWorthHiding(one, Math.max(minLength, DERIVED_LENGTH)))
    .map((line) => ({ text: line, kind: 'literal' }))
}

const DERIVED_LENGTH = 8
const DASH_ECHO = /\\(?:([abfnrtv\\])|(0[0-7]{1,3}|[1-7][0-7]{0,2}))/g
const BASH_ECHO = /\\(?:([abeEfnrtv\\])|(0[0-7]{1,3})|x([0-9A-Fa-f]{1,2}))/g
const PRINTF = /\\(?:([abeEfnrtv\\"'?])|(0[0-7]{1,3}|[1-7][0-7]{0,2})|x([0-9A-Fa-f]{1,2}))/g
const NAMED: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  E: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** Of ASCII alone, for another byte is half a character. */
function charOf(spelled: string, name?: string, octal?: string, hex?: string): string {
  if (name !== undefined) return NAMED[name] ?? name
  const code = octal === undefined ? Number.parseInt(hex!, 16) : Number.parseInt(octal, 8)
  return code > 0 && code < 0x80 ? String.fromCharCode(code) : spelled
}

/** @returns nothing for what is no base64, or base64 of something else than text: a random key is not text by chance */
export function behindBase64(joined: string): readonly Reading[] {
  const digits = BASE64.exec(joined)?.[1] ?? ''
  if (digits.length < SHORTEST) return []
  const text = Buffer.from(joined, 'base64').toString('utf8')
  return text.includes(NO_UTF8) || UNPRINTABLE.test(text) ? [] : [{ text, kind: 'leaf' }]
}

/** @returns null for a text without percent codes, or with broken ones */
export function percentDecode(text: string): string | null {
  if (!/%[0-9A-Fa-f]{2}/.test(text)) return null
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
