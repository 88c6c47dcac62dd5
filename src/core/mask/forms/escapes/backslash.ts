import type { Spelling } from '../spelling.ts'

/** How a writer of string literals spells what it cannot write as it is. Backslash itself is always doubled. */
export interface BackslashStyle {
  /** Characters that get a backslash before them. */
  readonly marked?: string
  /** Characters that are spelled by their number although they are printable, such as `<` in JSON for HTML. */
  readonly coded?: string
  readonly code: Spelling
  /** Control characters with a letter of their own, besides `\n`, `\r` and `\t`. */
  readonly named?: Readonly<Record<string, string>>
  /** Whether characters beyond ASCII are spelled by their number too. */
  readonly ascii?: boolean
}

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }
/** Delete, NEL, the spaces that look like none, and the marks that are not seen at all. */
export const UNPRINTABLE = '\u007f\u0085\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u3000\ufeff'
const NONE: Readonly<Record<string, string>> = {}

/** Spells as between the quotes of a string literal. */
export function backslash({ marked = '', coded = '', code, named = NONE, ascii = false }: BackslashStyle): Spelling {
  return (character) => {
    if (coded.includes(character)) return code(character)
    if (character === '\\' || marked.includes(character)) return `\\${character}`
    if (character >= ' ' && (character <= '~' || !ascii)) return character
    return NAMED[character] ?? named[character] ?? code(character)
  }
}

/** `\u00e9`; beyond the basic plane as a surrogate pair. JSON, JavaScript, Java. */
export const u4: Spelling = (character) => units(character, (unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
export const U4: Spelling = (character) => units(character, (unit) => `\\u${upper(unit).padStart(4, '0')}`)
/** `\xc3\xa9`: the bytes of UTF-8. Python's bytes, Go's and C's strings. */
export const byteHex: Spelling = (character) => bytes(character, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`)
export const byteHEX: Spelling = (character) => bytes(character, (byte) => `\\x${upper(byte).padStart(2, '0')}`)
/** `\303\251`: the bytes of UTF-8. C, bash. */
export const octal: Spelling = (character) => bytes(character, (byte) => `\\${byte.toString(8).padStart(3, '0')}`)
/** `\u{e9}`. Rust, Ruby, PHP, Swift. */
export const braces: Spelling = (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`
/** `\x{e9}`. Perl. */
export const perlBraces: Spelling = (character) => `\\x{${character.codePointAt(0)!.toString(16)}}`
/** `\xe9`, `\u20ac`, `\U0001f600`: as short as the number allows. Python, Go. */
export const shortest: Spelling = (character) => {
  const point = character.codePointAt(0)!
  if (point < 0x100) return `\\x${point.toString(16).padStart(2, '0')}`
  return point < 0x10000 ? u4(character) : `\\U${point.toString(16).padStart(8, '0')}`
}

/** `\u00e9` and `\U0001f600`. Go, Python, YAML. */
export const u4OrU8: Spelling = (character) => {
  const point = character.codePointAt(0)!
  return point < 0x10000 ? u4(character) : `\\U${point.toString(16).padStart(8, '0')}`
}

function upper(number: number): string {
  return number.toString(16).toUpperCase()
}

function units(character: string, spell: (unit: number) => string): string {
  let spelled = ''
  for (let at = 0; at < character.length; at += 1) spelled += spell(character.charCodeAt(at))
  return spelled
}

function bytes(character: string, spell: (byte: number) => string): string {
  return Array.from(Buffer.from(character, 'utf8'), spell).join('')
}
