import { isUtf8 } from 'node:buffer'

/** How much of a decoded text may be something else: a broken beginning or end, letters of an older encoding. */
const PRINTABLE_SHARE = 0.8

/** What text is made of, and NUL, of which UTF-16 has one for each letter of ASCII. */
export function isPrintable(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0
}

/** Whether decoded bytes are worth a search: noise is neither text nor a place where a text is hidden. */
export function isMostlyPrintable(bytes: Uint8Array): boolean {
  const letters = isUtf8(bytes) ? 0x80 : 0x100
  let printable = 0
  for (const byte of bytes) printable += isPrintable(byte) || byte >= letters ? 1 : 0
  return bytes.length > 0 && printable >= bytes.length * PRINTABLE_SHARE
}
