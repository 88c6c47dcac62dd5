import type { Reading } from './readings.ts'

const BASE64 = /^[A-Za-z0-9+/_-]{16,}={0,2}$/
const UNPRINTABLE = /[\0-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]/
/** Stands for what is no UTF-8. */
const NO_UTF8 = '\ufffd'

/** What is behind a value that was quoted, escaped or encoded to fit into one line of a .env file. */
export function* decodingsOf(text: string): Iterable<Reading> {
  const unquoted = /^(["'`])([\s\S]+)\1$/.exec(text)?.[2]
  if (unquoted !== undefined) yield { text: unquoted, kind: 'value' }
  const credentials = /^(?:Basic|Bearer|Digest|Token) (\S+)$/i.exec(text)?.[1]
  if (credentials !== undefined) yield { text: credentials, kind: 'leaf' }
  if (text.includes('\\n')) yield { text: text.replaceAll('\\r', '').replaceAll('\\n', '\n'), kind: 'leaf' }
  const unescaped = text.includes('://') ? null : percentDecode(text)
  if (unescaped !== null) yield { text: unescaped, kind: 'leaf' }
  yield* behindBase64(text.replace(/\s+/g, ''))
}

/** @returns nothing for what is no base64, or base64 of something else than text: a random key is not text by chance */
export function behindBase64(joined: string): readonly Reading[] {
  if (!BASE64.test(joined)) return []
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
