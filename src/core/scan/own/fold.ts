const KEPT = 1
const BACKSLASH = 2
/** What a byte is; 0 for what is dropped. */
const KINDS = new Uint8Array(256)
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789')
  KINDS[character.charCodeAt(0)] = KEPT
KINDS[0x5c] = BACKSLASH
/** `\n`, `\r`, `\t`: layout, as it is written inside a string. */
const LAYOUT_LETTERS = new Set([0x6e, 0x72, 0x74])

/**
 * The letters and digits of ASCII alone. Whatever joins the pieces of a value that was laid out over lines is gone: line ends,
 * indentation, quotes, `+`, commas, marks of comments. Both alphabets of base64 become one.
 */
export function fold(bytes: Uint8Array): Uint8Array {
  const kept = new Uint8Array(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number
    const kind = KINDS[byte]
    kept[length] = byte
    length += kind === KEPT ? 1 : 0
    if (kind === BACKSLASH && LAYOUT_LETTERS.has(bytes[at + 1] as number)) at += 1
  }
  return kept.subarray(0, length)
}

/**
 * Where in a text the characters of its folded form stand.
 *
 * @param places places in the folded form, rising
 */
export function unfold(bytes: Uint8Array, places: readonly number[]): number[] {
  const found: number[] = []
  let count = 0
  for (let at = 0; at < bytes.length && found.length < places.length; at += 1) {
    const kind = KINDS[bytes[at] as number]
    if (kind === KEPT) {
      while (places[found.length] === count) found.push(at)
      count += 1
    }
    if (kind === BACKSLASH && LAYOUT_LETTERS.has(bytes[at + 1] as number)) at += 1
  }
  return found
}

/** What folding leaves of a text: all its letters and digits, or all but a first `n`, where a backslash before it makes layout of it. */
export function foldingsOf(text: string): readonly string[] {
  const folded = Buffer.from(fold(Buffer.from(text, 'utf8'))).toString('latin1')
  return LAYOUT_LETTERS.has(text.charCodeAt(0)) ? [folded, folded.slice(1)] : [folded]
}
