import type { ScanText } from '../engine/scan-text.ts'
import type { EncodedPiece } from './piece.ts'

/**
 * What the engine's search looks for on behalf of this decoder: escapes of characters that tokens and URLs have. Percent-encoding of
 * a whole text has some of the commonest letters in it.
 */
export const ESCAPE_LITERALS: readonly string[] = [
  ...['\\u00', '\\x2', '\\x3', '\\x4', '\\x5', '\\x6', '\\x7'],
  ...['%3a', '%2f', '%40', '%3d', '%5f', '%2d', '%2e'],
  ...['%61', '%65', '%69', '%6f', '%74', '%73'],
]

/** How far from an escape its text is followed, in either direction. */
const REACH = 1024
const ESCAPE = /%([0-9A-Fa-f]{2})|\\x([0-9A-Fa-f]{2})|\\u00([0-9A-Fa-f]{2})/g

/** The texts round these places of escapes, with the escapes of ASCII taken back. Linear: no part is decoded twice. */
export function* decodeEscapes(text: ScanText, places: readonly number[]): Generator<EncodedPiece> {
  let done = 0
  for (const place of places) {
    if (place < done) continue
    const start = startOf(text, place, done)
    const end = endOf(text, place)
    done = end
    const plain = text.slice(start, end).replace(ESCAPE, takeBack)
    yield { start, end, encoding: 'escapes', bytes: Buffer.from(plain, 'latin1'), whole: true }
  }
}

function takeBack(_: string, percent?: string, hex?: string, unicode?: string): string {
  return String.fromCharCode(Number.parseInt(percent ?? hex ?? unicode!, 16))
}

function startOf(text: ScanText, place: number, bound: number): number {
  let start = place
  while (start > Math.max(bound, place - REACH) && !endsText(text.code(start - 1))) start -= 1
  return start
}

function endOf(text: ScanText, place: number): number {
  let end = place
  while (end < Math.min(text.length, place + REACH) && !endsText(text.code(end))) end += 1
  return end
}

/** White space and quotes. */
function endsText(code: number): boolean {
  return code <= 0x20 || code === 0x22 || code === 0x27 || code === 0x60
}
