import type { Family } from '../family.ts'
import { marking, replacing, type Spelling, spell, Writers } from '../spelling.ts'
import { backslash, U4, u4 } from './backslash.ts'

const WRITERS = new Writers(() => [
  replacing({ "'": "''" }), // SQL, YAML, Pascal
  replacing({ '"': '""' }), // CSV, SQL's identifiers
  replacing({ "'": "''", '\\': '\\\\' }), // SQL with backslashes
  replacing({ $: '$$' }), // make, Compose
  replacing({ '%': '%%' }), // cmd, systemd, configparser, printf
  replacing({ '{': '{{', '}': '}}' }), // format strings
  replacing({ '%': '%25', '\r': '%0D', '\n': '%0A' }), // workflow commands
  replacing({ '%': '%25', '\r': '%0D', '\n': '%0A', ':': '%3A', ',': '%2C' }),
  caret, // cat -v
  (character) => (character === '\t' || character === '\n' ? character : caret(character)),
  (character) =>
    /[=\0-\x08\x0b\x0c\x0e-\x1f]/.test(character) || character > '~' ? quotedPrintable(character) : character,
])

/** As configuration and data files quote it. */
export const config: Family = {
  name: 'configuration and data',
  lines: 'written',
  sparesWords: true,
  *forms(text) {
    yield* spell(text, WRITERS)
    for (const inner of [text.plain, ...spell(text, HCL)]) yield inner.replaceAll('${', '$$${').replaceAll('%{', '%%{')
    yield text.plain.replaceAll(']]>', ']]]]><![CDATA[>')
  },
}

const MARKED = new Writers(() => [
  marking('.*+?^${}()|[]\\'), // JavaScript, Go
  marking('.*+?^${}()|[]\\#&~- \t\n\r'), // Python, Rust
  (character) => (character > '~' || character === '_' ? character : `\\${character}`), // Perl's quotemeta
  marking('.[\\()*+?{|^$'), // bash's set -x of [[ ... =~ "$secret" ]]
  marking('\\`*_{}[]()#+.!|<>~-'), // Markdown
  marking('.*^$[]\\/'), // sed
])

const RARE_MARKED = new Writers(() => [
  marking('.*+?^${}()|[]\\/'),
  marking('.*+?^${}()|[]\\-'), // PHP
  marking('.*+?^${}()|[]\\/-'),
  marking('.*+?^${}()|[]\\#&~-=!<>:'), // PHP's preg_quote
  (character) => (character === '_' || (character > '~' && isLetterOrDigit(character)) ? character : `\\${character}`),
  marking('.*^$[]\\/&'),
  marking('\\`*_[]<>'),
  marking('*_'),
  marking('_'),
  marking('/'),
  marking(';#'), // INI
  marking(';#=\\'),
  marking('"+,;<>=\\'), // distinguished names, RFC 4514
  marking('%_\\'), // LIKE
  marking(',:;|\\'),
  marking('@'),
  marking(':\\'), // .pgpass
  backslash({ marked: '{}[]$"; ', code: u4 }), // Tcl's lists
  marking(':'),
  marking(' '),
  marking(' \\'),
  marking('$'),
  marking('&'),
  marking('{}'),
  hexed('()*\\'), // LDAP filters, RFC 4515
  hexed('"\\+,;<>= '),
  (character) =>
    character === ' ' ? '_' : '=?_'.includes(character) || character > '~' ? quotedPrintable(character) : character,
])

/** As patterns and marked-up text have it. */
export const patterns: Family = { name: 'patterns', lines: 'written', forms: (text) => spell(text, MARKED) }

/** As further patterns, queries and names have it. */
export const patternsRare: Family = {
  name: 'patterns, rare spellings',
  lines: 'written',
  forms: (text) => spell(text, RARE_MARKED),
}

/** As Java's Properties.store writes it. */
export const properties: Family = { name: 'properties', sparesWords: true, forms: (text) => spell(text, PROPERTIES) }

const HCL = new Writers(() => [
  backslash({ marked: '"', code: u4 }),
  backslash({ marked: '"', code: u4, coded: '<>&' }),
])

const PROPERTIES = new Writers(() =>
  ['=:#!', '=:#! ', '=:', ':'].flatMap((marked) => [
    backslash({ marked, code: U4, ascii: true }),
    backslash({ marked, code: u4, ascii: true }),
    backslash({ marked, code: u4 }),
  ]),
)

function hexed(characters: string): Spelling {
  return (character) =>
    characters.includes(character) ? `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}` : character
}

/** No literal, because V8 reads those of a file when it loads it, and this one lets it look up every letter there is. */
const LETTERS_AND_DIGITS = '[\\p{L}\\p{N}]'
let lettersAndDigits: RegExp | undefined

function isLetterOrDigit(character: string): boolean {
  lettersAndDigits ??= new RegExp(LETTERS_AND_DIGITS, 'u')
  return lettersAndDigits.test(character)
}

/** RFC 2045 section 6.7. */
function quotedPrintable(character: string): string {
  return Array.from(
    Buffer.from(character, 'utf8'),
    (byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('')
}

/** `^I` and `M-CM-)`. */
function caret(character: string): string {
  if (character >= ' ' && character <= '~') return character
  return Array.from(Buffer.from(character, 'utf8'), (byte) => {
    const low = byte & 127
    const shown = low < 32 || low === 127 ? `^${String.fromCharCode(low ^ 64)}` : String.fromCharCode(low)
    return byte > 127 ? `M-${shown}` : shown
  }).join('')
}
