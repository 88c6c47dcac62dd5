/** A refusal of the plain implementation, with a code of docs/format.md section 10. */
export class Refusal extends Error {
  readonly code: string

  constructor(code: string, why: string) {
    super(why)
    this.code = code
  }
}

export const LF = 10
export const CR = 13

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

export function fromAscii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0))
}

export function toAscii(bytes: readonly number[]): string {
  return bytes.map((byte) => String.fromCharCode(byte)).join('')
}

export function startsWith(bytes: readonly number[], prefix: string): boolean {
  return fromAscii(prefix).every((byte, index) => bytes[index] === byte)
}

/** The least code point that needs so many bytes: a longer spelling of a smaller one is not UTF-8. */
const LEAST = [0, 0, 0x80, 0x800, 0x10000]

/** Strict UTF-8 (RFC 3629). */
export function fromUtf8(bytes: readonly number[], code: string): string {
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const length = lengthOf(bytes[at]!)
    const point = length === 0 ? null : pointOf(bytes.slice(at, at + length), length)
    if (point === null) throw new Refusal(code, 'UTF-8')
    text += String.fromCodePoint(point)
    at += length
  }
  return text
}

function lengthOf(first: number): number {
  if (first < 0x80) return 1
  if (first < 0xc2 || first > 0xf4) return 0
  return first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
}

function pointOf(bytes: readonly number[], length: number): number | null {
  const rest = bytes.slice(1)
  if (bytes.length < length || rest.some((byte) => byte < 0x80 || byte > 0xbf)) return null
  const start = length === 1 ? bytes[0]! : bytes[0]! & (0xff >> (length + 1))
  const point = rest.reduce((sum, byte) => sum * 64 + (byte & 63), start)
  const surrogate = point >= 0xd800 && point <= 0xdfff
  return point < LEAST[length]! || point > 0x10ffff || surrogate ? null : point
}

export function toUtf8(text: string): number[] {
  const bytes: number[] = []
  for (const character of text) {
    const point = character.codePointAt(0)!
    if (point < 0x80) bytes.push(point)
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 63))
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63))
    else bytes.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63))
  }
  return bytes
}

/** Canonical padded base64 (RFC 4648 section 4), bit by bit. */
export function fromBase64(text: string): number[] {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  if (text.length % 4 !== 0) throw new Refusal('malformed', 'base64 length')
  let bits = ''
  for (const character of text.slice(0, text.length - padding)) {
    const value = ALPHABET.indexOf(character)
    if (value < 0) throw new Refusal('malformed', 'base64 alphabet')
    bits += value.toString(2).padStart(6, '0')
  }
  const rest = bits.slice(bits.length - (bits.length % 8))
  if (rest !== '0'.repeat(padding * 2)) throw new Refusal('malformed', 'base64 padding')
  return (bits.slice(0, bits.length - rest.length).match(/.{8}/g) ?? []).map((octet) => Number.parseInt(octet, 2))
}

export function toBase64(bytes: readonly number[]): string {
  const bits = bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const digits = bits.match(/.{1,6}/g) ?? []
  const text = digits.map((six) => ALPHABET[Number.parseInt(six.padEnd(6, '0'), 2)]).join('')
  return text + '='.repeat((4 - (text.length % 4)) % 4)
}
