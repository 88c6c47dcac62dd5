import { BINARY, DECIMAL, HEX, OCTAL } from '../byte-table.ts'
import { base64Cores } from '../cores.ts'
import { backslash, shortest, UNPRINTABLE } from '../escapes/backslash.ts'
import { asJson } from '../escapes/json.ts'
import type { Family } from '../family.ts'
import type { Text } from '../text.ts'

const LONGEST = 4096
const LETTER = /[A-Za-z0-9]/

/** Byte by byte in decimal, octal and binary: what languages print for an array of bytes. */
export const numbers: Family = {
  name: 'byte numbers',
  longest: LONGEST,
  forms({ bytes }) {
    const [decimal, binary] = [DECIMAL.spell(bytes), BINARY.spell(bytes)]
    return [
      decimal.join(', '), // Python, Rust, Java
      decimal.join(','), // JSON
      decimal.join(' '), // Go
      `\\${OCTAL.spell(bytes).join('\\')}`,
      binary.join(''),
      binary.join(' '),
    ]
  },
}

/** Letter by letter: set apart, quoted one by one, or each as an escape. */
export const letters: Family = {
  name: 'letter by letter',
  longest: LONGEST,
  forms(text) {
    const { characters } = text
    return [
      characters.join(' '),
      characters.join(', '),
      inList(text, '"', ','),
      inList(text, "'", ', '),
      ...escapes(text),
    ]
  },
}

/** Each line set apart letter by letter. */
export const spacedLines: Family = {
  name: 'lines, letter by letter',
  lines: 'all',
  longest: LONGEST,
  forms: ({ characters }) => [characters.join(' '), characters.join(', ')],
}

/** Further numbers and marks of that kind. */
export const rareNumbers: Family = {
  name: 'byte numbers and letters, rare spellings',
  longest: LONGEST,
  *forms(text) {
    const { plain, bytes, characters } = text
    yield DECIMAL.spell(bytes).join('.') // Perl's %vd
    yield OCTAL.spell(bytes).join(' ') // od -to1
    for (const separator of ['-', '.', ',']) yield characters.join(separator)
    yield inList(text, '"', ', ')
    yield inList(text, "'", ',')
    const points = characters.map((character) => character.codePointAt(0)!)
    yield points.map((point) => `&#x${point.toString(16)};`).join('')
    yield points.map((point) => `U+${point.toString(16).toUpperCase().padStart(4, '0')}`).join(' ')
    yield Array.from(bytes, (byte) => `0x${byte.toString(16)}`).join(', ') // Go's %#v
    if (points.some((point) => point > 127)) {
      yield points.join(', ')
      yield points.join(',')
      yield points.join(' ')
      yield Array.from(units(plain)).join(', ')
      yield Array.from(bytes, (byte) => (byte << 24) >> 24).join(', ') // Java's signed bytes
    }
    const pairs = HEX.spell(bytes)
    yield `\\x${pairs.map((pair) => pair.toUpperCase()).join('\\x')}`
    yield `%${pairs.join('%')}`
    yield pairs.join('-')
    for (const separator of [',0x', ' 0x']) yield `0x${pairs.join(separator)}`
  },
}

/** `\u0061` and `&#97;`. */
function escapes({ plain, bytes, characters, isAscii }: Text): string[] {
  if (isAscii) return [`\\u00${HEX.spell(bytes).join('\\u00')}`, `&#${DECIMAL.spell(bytes).join(';&#')};`]
  return [
    Array.from(units(plain), (unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join(''),
    characters.map((character) => `&#${character.codePointAt(0)};`).join(''),
  ]
}

function* units(text: string): Iterable<number> {
  for (let at = 0; at < text.length; at += 1) yield text.charCodeAt(at)
}

/** A list of quoted letters, without the quotes at both ends. */
function inList({ isWord, characters }: Text, quote: '"' | "'", separator: string): string {
  if (isWord) return characters.join(quote + separator + quote)
  const write = quote === '"' ? doubleQuoted : singleQuoted
  return characters.map(write).join(separator).slice(1, -1)
}

/** JSON. */
function doubleQuoted(character: string): string {
  return LETTER.test(character) ? `"${character}"` : `"${asJson(character)}"`
}

/** Python, and JavaScript but for control characters: both take the other quotes around a single quote. */
function singleQuoted(character: string): string {
  if (character === "'") return `"'"`
  return LETTER.test(character) ? `'${character}'` : `'${pythonEscape(character)}'`
}

const pythonEscape = backslash({ code: shortest, coded: UNPRINTABLE })

/** UTF-16, low byte first: Windows and `powershell -EncodedCommand`. */
export const utf16: Family = {
  name: 'UTF-16',
  longest: LONGEST,
  forms({ plain }) {
    const bytes = Buffer.from(plain, 'utf16le')
    return [...base64Cores(bytes.toString('latin1')), bytes.toString('hex')]
  },
}
