import type { Family } from '../family.ts'
import { marking, type Spelling, spell, Writers } from '../spelling.ts'
import { backslash, braces, byteHEX, byteHex, octal, perlBraces, shortest, U4, u4, u4OrU8 } from './backslash.ts'

/** Which quotes a writer marks. One that sees only a part of what it quotes cannot be told from the value alone. */
const MARKED = ['', '"', "'", '"\'', '`', '"$`', '"$@', '"#'] as const
const CODES: readonly Spelling[] = [u4, U4, byteHex, byteHEX, octal, braces, perlBraces, shortest, u4OrU8]
/** Delete, NEL, the spaces that look like none, and the marks that are not seen at all. */
const UNPRINTABLE = '\u007f\u0085\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u3000\ufeff'
/** The control characters that C has letters for. */
const NAMED = { '\u0007': '\\a', '\b': '\\b', '\f': '\\f', '\v': '\\v', '\u001b': '\\e', '\0': '\\0' } as const

/** Some characters are marked and everything else stays: Java's and Groovy's printers, addslashes, Perl's `'`. */
const MARKED_ONLY = ['"', "'", '"\'', '\\', "\\'", '\\"', '\\"\'', '\\"$`', '\\"$`!'].map((marked) => marking(marked))
const OF_PRINTABLE = new Writers(() => [...MARKED.map((marked) => backslash({ marked, code: u4 })), ...MARKED_ONLY])
const OF_ANY = new Writers(() => [
  ...MARKED.flatMap((marked) =>
    CODES.flatMap((code) => [
      backslash({ marked, code, coded: UNPRINTABLE }),
      backslash({ marked, code, ascii: true }),
      backslash({ marked, code, named: NAMED }),
    ]),
  ),
  ...MARKED_ONLY,
])

/**
 * As a string literal of a programming language: Python's repr, JavaScript's inspect, Go's %q, Rust's {:?}, Ruby's inspect, PHP's
 * var_export, Perl's Dumper, C, MySQL, logfmt, git config, TOML, a double-quoted word of a shell.
 */
export const literals: Family = {
  name: 'string literals',
  leaves: true,
  sparesWords: true,
  forms: (text) => spell(text, /[^\t\n\r -~]/.test(text.plain) ? OF_ANY : OF_PRINTABLE),
}
