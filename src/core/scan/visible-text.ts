/** UTF-8, UTF-16LE and UTF-16BE. */
const BYTE_ORDER_MARKS: readonly (readonly number[])[] = [
  [0xef, 0xbb, 0xbf],
  [0xff, 0xfe],
  [0xfe, 0xff],
]

/** The text that a person would see in these bytes, one character a byte: `visibleBytes` as a string. */
export function visibleText(bytes: Uint8Array): string {
  const seen = visibleBytes(bytes)
  return Buffer.from(seen.buffer, seen.byteOffset, seen.byteLength).toString('latin1')
}

/**
 * The bytes without NULs, which shows the ASCII part of UTF-16 in either order, and of a text with NULs put in to pass for a
 * binary file; both are holes in scanners that read a diff. A byte order mark is dropped too.
 *
 * @returns a view of the same memory when there is no NUL
 */
export function visibleBytes(bytes: Uint8Array): Uint8Array {
  const seen = bytes.includes(0) ? withoutNuls(bytes) : bytes
  const mark = BYTE_ORDER_MARKS.find((each) => each.every((byte, at) => seen[at] === byte))
  return mark === undefined ? seen : seen.subarray(mark.length)
}

/** The line, from 1, of a place in a text. */
export function lineAt(text: string, index: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) line += 1
  return line
}

/** A loop over the bytes: replaceAll on a string of eight million NULs takes seconds. */
function withoutNuls(bytes: Uint8Array): Uint8Array {
  const kept = new Uint8Array(bytes.length)
  let length = 0
  for (const byte of bytes) {
    kept[length] = byte
    length += byte === 0 ? 0 : 1
  }
  return kept.subarray(0, length)
}
