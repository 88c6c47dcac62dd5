import { ambiguous } from '../refuse.ts'

const UNRESERVED_BUT_KEPT = /[!'()*]/g

/**
 * What a percent-encoded part means. A `%` that begins no code stands for itself, as almost all parsers have it.
 *
 * @throws SealwardError unsupported for codes that are no UTF-8: as a string it would be another password
 */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replace(/%(?![0-9A-Fa-f]{2})/g, '%25'))
  } catch {
    throw ambiguous('has percent codes that are no UTF-8')
  }
}

/** Spells a text so that it means itself in every part of a URL, also where a `+` is a space. Null for half a character, or NUL. */
export function percentEncoded(text: string): string | null {
  if (!text.isWellFormed() || text.includes('\0')) return null
  return encodeURIComponent(text).replace(
    UNRESERVED_BUT_KEPT,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
