import type { Family } from '../family.ts'
import { marking, type Spelling, spell, spellAs, Writers } from '../spelling.ts'
import {
  backslash,
  braces,
  byteHEX,
  byteHex,
  octal,
  perlBraces,
  shortest,
  U4,
  UNPRINTABLE,
  u4,
  u4OrU8,
} from './backslash.ts'

/** Which quotes a writer marks. One that sees only a part of what it quotes cannot be told from the value alone. */
const MARKED = ['', '"', "'", '"\'', '`', '"$`', '"$@', '"#'] as const
const CODES: readonly Spelling[] = [u4, U4, byteHex, byteHEX, octal, braces, perlBraces, shortest, u4OrU8]
/** The control characters that C has letters for. */
const NAMED = { '\u0007': '\\a', '\b': '\\b', '\f': '\\f', '\v': '\\v', '\u001b': '\\e', '\0': '\\0' } as const

/** Some characters are marked and everything else stays: Java's and Groovy's printers, addslashes, Perl's `'`. */
const MARKED_ONLY = ['"', "'", '"\'', '\\', "\\'", '\\"', '\\"\'', '\\"$`', '\\"$`!'].map((marked) => marking(marked))
/** Writers that spell some of what cannot be printed and keep the rest. */
const PARTIAL: readonly Spelling[] = [
  ...['', "'"].map((marked) =>
    backslash({ marked, code: inspected, named: { '\b': '\\b', '\f': '\\f' }, ascii: true }),
  ), // JavaScript's inspect
  ...['', '"'].map((marked) => backslash({ marked, code: itself })), // jq's @tsv; git config
  backslash({ code: itself, named: { '\b': '\\b', '\f': '\\f', '\v': '\\v' } }), // PostgreSQL's COPY
  (character) => (character > '~' ? shortest(character) : character), // Python's backslashreplace
  (character) => (character > '~' ? perlBraces(character) : '\\"$@'.includes(character) ? `\\${character}` : character), // Dumper
]
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
  ...PARTIAL,
])

/**
 * As a string literal of a programming language: Python's repr, JavaScript's inspect, Go's %q, Rust's {:?}, Ruby's inspect, PHP's
 * var_export, Perl's Dumper, C, MySQL, logfmt, git config, TOML, a double-quoted word of a shell.
 */
export const literals: Family = {
  name: 'string literals',
  leaves: true,
  sparesWords: true,
  *forms(text) {
    yield* spell(text, /[^\t\n\r -~]/.test(text.plain) ? OF_ANY : OF_PRINTABLE)
    yield* besideOthers(text.plain)
  },
}

/** A few writers escape a character only because of the one behind it. */
function* besideOthers(plain: string): Iterable<string> {
  if (/#[{$@]/.test(plain)) yield spellAs(plain, RUBY).replace(/#(?=[{$@])/g, '\\#')
  if (plain.includes('${')) yield spellAs(plain, TEMPLATE).replaceAll('${', '\\${')
  if (CONTROL.test(plain)) yield spellAs(plain, USEQQ).replace(CONTROLS, shortOctal)
}

const RUBY = backslash({ marked: '"', code: u4, named: NAMED })
const TEMPLATE = backslash({ marked: '`', code: u4 })
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/
const CONTROLS = /[\0-\x1f\x7f](?=(\d?))/g
/** Perl's Dumper with Useqq, but for the control characters without a letter. */
const USEQQ = backslash({
  marked: '"$@',
  code: (character) => (character > '\x7f' ? perlBraces(character) : character),
  named: { '\u0007': '\\a', '\b': '\\b', '\f': '\\f', '\u001b': '\\e' },
  ascii: true,
})

/** `\1`, but `\001` where a digit follows. */
function shortOctal(character: string, digit: string): string {
  const number = character.charCodeAt(0).toString(8)
  return `\\${digit === '' ? number : number.padStart(3, '0')}`
}

function inspected(character: string): string {
  const code = character.codePointAt(0)!
  return code < 0xa0 ? `\\x${code.toString(16).toUpperCase().padStart(2, '0')}` : character
}

function itself(character: string): string {
  return character
}
