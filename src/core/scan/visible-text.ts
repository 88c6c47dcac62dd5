const BYTE_ORDER_MARK = /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/

/**
 * The text that a person would see in these bytes, one character a byte. NULs are dropped, which shows the ASCII part of UTF-16
 * in either order, and of a text with NULs put in to pass for a binary file; both are holes in scanners that read a diff.
 */
export function visibleText(bytes: Uint8Array): string {
  const seen = bytes.includes(0) ? withoutNuls(bytes) : bytes
  return Buffer.from(seen.buffer, seen.byteOffset, seen.byteLength).toString('latin1').replace(BYTE_ORDER_MARK, '')
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
