import type { ScanText } from './scan-text.ts'

const BACKSLASH = 0x5c
const PERCENT = 0x25
/** The letters behind a backslash that stand for a control character in most languages. */
const CONTROL_LETTERS = new Set(Array.from('nrtbfv0', (letter) => letter.charCodeAt(0)))

/**
 * Whether a token can begin here: it does not go on a word. The last character of an escape (`\n`, `%3D`, `\x22`, `\u003d`) looks
 * like a letter of a word and is none.
 */
export function beginsToken(text: ScanText, at: number): boolean {
  return !isWordCode(text.code(at - 1)) || !isWordCode(text.code(at)) || endsEscape(text, at)
}

/** A letter, a digit or an underscore. */
export function isWordCode(code: number): boolean {
  const letter = code | 0x20
  return (letter >= 0x61 && letter <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x5f
}

function endsEscape(text: ScanText, at: number): boolean {
  if (CONTROL_LETTERS.has(text.code(at - 1)) && text.code(at - 2) === BACKSLASH) return true
  if (!isHex(text.code(at - 1)) || !isHex(text.code(at - 2))) return false
  if (text.code(at - 3) === PERCENT) return true
  const opening = text.slice(at - 6, at - 2)
  return opening.endsWith('\\x') || /^\\u[0-9a-f]{2}$/i.test(opening)
}

function isHex(code: number): boolean {
  const letter = code | 0x20
  return (code >= 0x30 && code <= 0x39) || (letter >= 0x61 && letter <= 0x66)
}
