import { asJson } from '../escapes/json.ts'
import type { Family } from '../family.ts'
import { base64Cores } from '../text.ts'

const LONGEST = 4096

/** Byte by byte in decimal, octal and binary: what languages print for an array of bytes. */
export const numbers: Family = {
  name: 'byte numbers',
  longest: LONGEST,
  *forms({ bytes }) {
    yield bytes.join(', ') // Python, Rust, Java
    yield bytes.join(',') // JSON
    yield bytes.join(' ') // Go
    yield bytes.join('.') // Perl's %vd
    const octal = Array.from(bytes, (byte) => byte.toString(8).padStart(3, '0'))
    yield `\\${octal.join('\\')}`
    yield octal.join(' ') // od -to1
    const binary = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0'))
    yield binary.join(' ')
    yield binary.join('')
    if (bytes.some((byte) => byte > 127)) yield Array.from(bytes, (byte) => (byte << 24) >> 24).join(', ') // Java's signed bytes
  },
}

/** Letter by letter: set apart, quoted one by one, or each as an escape. */
export const letters: Family = {
  name: 'letter by letter',
  longest: LONGEST,
  *forms({ plain }) {
    const characters = Array.from(plain)
    for (const separator of [' ', '-', '.', ',', ', ']) yield characters.join(separator)
    for (const quote of [doubleQuoted, singleQuoted])
      for (const separator of [',', ', ']) yield inner(characters.map(quote).join(separator))
    const units = Array.from({ length: plain.length }, (_, at) => plain.charCodeAt(at))
    yield units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
    const points = characters.map((character) => character.codePointAt(0)!)
    yield points.map((point) => `&#${point};`).join('')
    yield points.map((point) => `&#x${point.toString(16)};`).join('')
    if (points.some((point) => point > 127)) yield points.join(', ')
  },
}

/** JSON. */
function doubleQuoted(character: string): string {
  return `"${asJson(character)}"`
}

/** Python and JavaScript, which take the other quotes around a single quote. */
function singleQuoted(character: string): string {
  return character === "'" ? `"'"` : `'${character === '"' ? '"' : asJson(character)}'`
}

/** Without the quotes at both ends. */
function inner(list: string): string {
  return list.slice(1, -1)
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
