import type { Family } from '../family.ts'
import { base64Cores } from '../text.ts'

/** Byte by byte in decimal, octal and binary: what languages print for an array of bytes. */
export const numbers: Family = {
  name: 'byte numbers',
  longest: 256,
  *forms({ bytes }) {
    yield bytes.join(', ') // Python, Rust, Java
    yield bytes.join(',') // JSON
    yield bytes.join(' ') // Go
    const octal = Array.from(bytes, (byte) => byte.toString(8).padStart(3, '0'))
    yield `\\${octal.join('\\')}`
    yield octal.join(' ') // od -to1
    const binary = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0'))
    yield binary.join(' ')
    yield binary.join('')
    if (bytes.some((byte) => byte > 127)) yield Array.from(bytes, (byte) => (byte << 24) >> 24).join(', ') // Java's signed bytes
  },
}

/** Letter by letter: every one escaped, or set apart. */
export const letters: Family = {
  name: 'letter by letter',
  longest: 256,
  *forms({ plain }) {
    const characters = Array.from(plain)
    for (const separator of [' ', '-', '.', ',', ', ', "', '", '", "', '","']) yield characters.join(separator)
    const units = Array.from({ length: plain.length }, (_, at) => plain.charCodeAt(at))
    const spelled = (digits: string) => `\\u${digits.padStart(4, '0')}`
    yield units.map((unit) => spelled(unit.toString(16))).join('')
    const points = characters.map((character) => character.codePointAt(0)!)
    yield points.map((point) => `&#${point};`).join('')
    yield points.map((point) => `&#x${point.toString(16)};`).join('')
    if (points.some((point) => point > 127)) yield points.join(', ')
  },
}

/** UTF-16, low byte first: Windows and `powershell -EncodedCommand`. */
export const utf16: Family = {
  name: 'UTF-16',
  longest: 1024,
  *forms({ plain }) {
    const bytes = Buffer.from(plain, 'utf16le')
    yield* base64Cores(bytes)
    yield bytes.toString('hex')
  },
}
