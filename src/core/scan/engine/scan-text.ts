import { visibleBytes } from '../visible-text.ts'

/**
 * How far a line is followed in either direction. A minified file is one line of megabytes: without the bound, looking for the
 * line's ends at each of many places in it would take time in the square of its length.
 */
export const MAX_LINE_REACH = 2048

const LINE_FEED = 10

/** The visible bytes of a text and how to look at them. One character is one byte (latin1), so offsets fit both. */
export class ScanText {
  /** Without NULs and byte order mark. */
  readonly bytes: Uint8Array
  readonly length: number
  readonly #buffer: Buffer
  #lineFeeds: readonly number[] | undefined

  /** @param stored the bytes as a file holds them; not copied unless they hold NULs */
  constructor(stored: Uint8Array) {
    this.bytes = visibleBytes(stored)
    this.length = this.bytes.length
    this.#buffer = Buffer.from(this.bytes.buffer, this.bytes.byteOffset, this.length)
  }

  /** The characters from `start` to before `end`; what lies outside the text is left out. */
  slice(start: number, end: number): string {
    return this.#buffer.toString('latin1', Math.max(0, start), Math.max(0, end))
  }

  /** The byte at a place, or -1 outside the text. */
  code(at: number): number {
    return this.bytes[at] ?? -1
  }

  /** Where the line of a place begins, but at most `MAX_LINE_REACH` before it. */
  lineStart(at: number): number {
    const bound = Math.max(0, at - MAX_LINE_REACH)
    for (let start = Math.min(at, this.length); start > bound; start -= 1) {
      if (this.bytes[start - 1] === LINE_FEED) return start
    }
    return bound
  }

  /** Where the line of a place ends (the place of its line feed), but at most `MAX_LINE_REACH` behind it. */
  lineEnd(at: number): number {
    const bound = Math.min(this.length, at + MAX_LINE_REACH)
    for (let end = at; end < bound; end += 1) {
      if (this.bytes[end] === LINE_FEED) return end
    }
    return bound
  }

  /** The line of a place, from 1. The first call reads the whole text, the others take no time to speak of. */
  lineOf(at: number): number {
    this.#lineFeeds ??= allLineFeeds(this.bytes)
    let low = 0
    let high = this.#lineFeeds.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#lineFeeds[middle]! < at) low = middle + 1
      else high = middle
    }
    return low + 1
  }
}

function allLineFeeds(bytes: Uint8Array): number[] {
  const found: number[] = []
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) found.push(at)
  return found
}
