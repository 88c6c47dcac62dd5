import type { Family } from '../family.ts'
import { backslash, braces, byteHEX, byteHex, type Code, octal, shortest, U4, u4 } from './backslash.ts'

/** Which quotes a writer marks. One that sees only a part of what it quotes cannot be told from the value alone. */
const MARKED = ['', '"', "'", '"\'', '`', '"$`', '"#'] as const
const CODES: readonly Code[] = [u4, U4, byteHex, byteHEX, octal, braces, shortest]
const NEEDS_CODE = /[^\t\n\r -~]/
/** Delete, NEL, the spaces that look like none, and the marks that are not seen at all. */
const UNPRINTABLE = '\u007f\u0085\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u3000\ufeff'

/**
 * As a string literal of a programming language: Python's repr, JavaScript's inspect, Go's %q, Rust's {:?}, Ruby's inspect, PHP's
 * var_export, Perl's Dumper, C, MySQL, logfmt, git config, TOML, a double-quoted word of a shell.
 */
export const literals: Family = {
  name: 'string literals',
  leaves: true,
  lines: true,
  *forms(text) {
    const codes = NEEDS_CODE.test(text) ? CODES : CODES.slice(0, 1)
    for (const marked of MARKED)
      for (const code of codes) {
        const spell: Code = (character) => LETTERS[character] ?? code(character)
        yield backslash(text, { marked, code, coded: UNPRINTABLE })
        yield backslash(text, { marked, code, ascii: true })
        yield backslash(text, { marked, code: spell })
      }
    yield* onlyQuotes(text)
  },
}

/** The control characters that C has letters for. */
const LETTERS: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
  '\u001b': '\\e',
  '\0': '\\0',
}

/** Quotes are marked and backslashes are not, or line ends stay: Java's and Groovy's printers, addslashes, Perl's `'`. */
function* onlyQuotes(text: string): Iterable<string> {
  yield text.replace(/["]/g, '\\$&')
  yield text.replace(/[']/g, '\\$&')
  yield text.replace(/["']/g, '\\$&')
  yield text.replace(/[\\]/g, '\\$&')
  yield text.replace(/[\\']/g, '\\$&')
  yield text.replace(/[\\"]/g, '\\$&')
  yield text.replace(/[\\"']/g, '\\$&')
  yield text.replace(/[\\"$`]/g, '\\$&')
  yield text.replace(/[\\"$`!]/g, '\\$&')
}
