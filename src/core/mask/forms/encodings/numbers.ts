import { asJson } from '../escapes/json.ts'
import type { Family } from '../family.ts'
import { base64Cores } from '../text.ts'

const LONGEST = 4096
const LETTER = /[A-Za-z0-9]/

/** Byte by byte in decimal, octal and binary: what languages print for an array of bytes. */
export const numbers: Family = {
  name: 'byte numbers',
  longest: LONGEST,
  *forms({ bytes }) {
    yield bytes.join(', ') // Python, Rust, Java
    yield bytes.join(',') // JSON
    yield bytes.join(' ') // Go
    const octal = Array.from(bytes, (byte) => byte.toString(8).padStart(3, '0'))
    yield `\\${octal.join('\\')}`
    const binary = BigInt(`0x${bytes.toString('hex')}`)
      .toString(2)
      .padStart(8 * bytes.length, '0')
    yield binary
    yield binary.replace(/.{8}(?!$)/g, '$& ')
  },
}

/** Letter by letter: set apart, quoted one by one, or each as an escape. */
export const letters: Family = {
  name: 'letter by letter',
  longest: LONGEST,
  *forms({ plain, bytes }) {
    const characters = Array.from(plain)
    yield characters.join(' ')
    yield characters.join(', ')
    yield inList(characters, doubleQuoted, ',')
    yield inList(characters, singleQuoted, ', ')
    if (bytes.length === plain.length) {
      yield bytes.toString('hex').replace(/../g, '\\u00$&')
      yield `&#${bytes.join(';&#')};`
    } else {
      yield Array.from(units(plain), (unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
      yield characters.map((character) => `&#${character.codePointAt(0)};`).join('')
    }
  },
}

/** Each line set apart letter by letter. */
export const spacedLines: Family = {
  name: 'lines, letter by letter',
  lines: 'all',
  longest: LONGEST,
  forms({ plain }) {
    const characters = Array.from(plain)
    return [characters.join(' '), characters.join(', ')]
  },
}

/** Further numbers and marks of that kind. */
export const rareNumbers: Family = {
  name: 'byte numbers and letters, rare spellings',
  longest: LONGEST,
  *forms({ plain, bytes }) {
    yield bytes.join('.') // Perl's %vd
    yield Array.from(bytes, (byte) => byte.toString(8).padStart(3, '0')).join(' ') // od -to1
    const characters = Array.from(plain)
    for (const separator of ['-', '.', ',']) yield characters.join(separator)
    yield inList(characters, doubleQuoted, ', ')
    yield inList(characters, singleQuoted, ',')
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
    const spaced = bytes.toString('hex').replace(/..(?!$)/g, '$& ')
    yield `\\x${spaced.toUpperCase().replaceAll(' ', '\\x')}`
    yield `%${spaced.replaceAll(' ', '%')}`
    yield spaced.replaceAll(' ', '-')
    for (const separator of [',0x', ' 0x']) yield `0x${spaced.replaceAll(' ', separator)}`
  },
}

function* units(text: string): Iterable<number> {
  for (let at = 0; at < text.length; at += 1) yield text.charCodeAt(at)
}

/** JSON. */
function doubleQuoted(character: string): string {
  return LETTER.test(character) ? `"${character}"` : `"${asJson(character)}"`
}

/** Python and JavaScript, which take the other quotes around a single quote. */
function singleQuoted(character: string): string {
  if (character === "'") return `"'"`
  return character === '"' || LETTER.test(character) ? `'${character}'` : `'${asJson(character)}'`
}

/** A list of quoted letters, without the quotes at both ends. */
function inList(characters: readonly string[], quote: (character: string) => string, separator: string): string {
  return characters.map(quote).join(separator).slice(1, -1)
}

/** UTF-16, low byte first: Windows and `powershell -EncodedCommand`. */
export const utf16: Family = {
  name: 'UTF-16',
  longest: LONGEST,
  forms({ plain }) {
    const bytes = Buffer.from(plain, 'utf16le')
    return [...base64Cores(bytes), bytes.toString('hex')]
  },
}
