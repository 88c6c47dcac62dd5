import type { Family } from '../family.ts'
import { cores } from './base64.ts'

/** Byte by byte in decimal, octal and binary: what languages print for an array of bytes. */
export const numbers: Family = {
  name: 'byte numbers',
  longest: 256,
  *forms(text) {
    const bytes = Array.from(Buffer.from(text, 'utf8'))
    yield bytes.join(', ') // Python, Rust, Java
    yield bytes.join(',') // JSON
    yield bytes.join(' ') // Go
    const octal = bytes.map((byte) => byte.toString(8).padStart(3, '0'))
    yield octal.map((digits) => `\\${digits}`).join('')
    yield octal.join(' ') // od -to1
    const binary = bytes.map((byte) => byte.toString(2).padStart(8, '0'))
    yield binary.join(' ')
    yield binary.join('')
    if (bytes.some((byte) => byte > 127)) yield Array.from(bytes, (byte) => (byte << 24) >> 24).join(', ') // Java's signed bytes
  },
}

/** Letter by letter: every one escaped, or set apart. */
export const letters: Family = {
  name: 'letter by letter',
  longest: 256,
  *forms(text) {
    const characters = Array.from(text)
    for (const separator of [' ', '-', '.', ',', ', ', "', '", "','", '", "', '","', '  ', '_', '\u200b'])
      yield characters.join(separator)
    const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
    const escape = (digits: string) => `\\u${digits.padStart(4, '0')}`
    yield units.map((unit) => escape(unit.toString(16))).join('')
    const points = characters.map((character) => character.codePointAt(0)!)
    yield points.map((point) => `&#${point};`).join('')
    yield points.map((point) => `&#x${point.toString(16)};`).join('')
    yield points.map((point) => `&#x${point.toString(16).toUpperCase()};`).join('')
    if (points.some((point) => point > 127)) yield points.join(', ')
  },
}

/** UTF-16, low byte first: Windows and `powershell -EncodedCommand`. */
export const utf16: Family = {
  name: 'UTF-16',
  longest: 1024,
  *forms(text) {
    const bytes = Buffer.from(text, 'utf16le')
    yield* cores(bytes)
    yield bytes.toString('hex')
  },
}
