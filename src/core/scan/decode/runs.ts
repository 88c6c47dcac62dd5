import { showsHexText, textShift } from './sample.ts'

/** How the characters of a run are to be read. */
export type Reading = 'base64' | 'hexadecimal' | 'gzip in base64'

/** Characters of the base64 alphabets (RFC 4648, sections 4 and 5) without a break, or with the line breaks of a wrapped block. */
export interface Run {
  readonly reading: Reading
  readonly start: number
  /** Behind the last character, and its padding. */
  readonly end: number
  /** The characters, without what stands before the encoding, line breaks, indentation and padding. */
  readonly characters: string
}

/** Shorter runs hold less than 18 characters: no token. */
export const MIN_RUN = 24
const MIN_DIGITS = 32
/** Of both alphabets, so that hexadecimal digits are a run too. */
const IN_RUN = new Uint8Array(256)
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_') {
  IN_RUN[character.charCodeAt(0)] = 1
}
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const EQUALS = 0x3d

/**
 * Finds the runs that look as if they held text, from the front to the back. From a place where a run would have its last needed
 * character it looks back to the first character that is in none, and goes on from there (as Boyer and Moore do for a word): an
 * ordinary text costs a fraction of reading it.
 */
export function* findRuns(bytes: Uint8Array): Generator<Run> {
  /** No run goes over this place. */
  let before = -1
  let at = MIN_RUN - 1
  while (at < bytes.length) {
    let back = at
    while (back > before && IN_RUN[bytes[back] as number] === 1) back -= 1
    if (back === before) {
      const end = endOf(bytes, at)
      const run = readRun(bytes, before + 1, end)
      if (run !== null) yield run
      back = (run?.end ?? end) - 1
    }
    before = back
    at = back + MIN_RUN
  }
}

function readRun(bytes: Uint8Array, start: number, end: number): Run | null {
  if (end - start >= MIN_DIGITS && showsHexText(bytes, start)) {
    return { reading: 'hexadecimal', start, end, characters: charactersOf(bytes, start, end) }
  }
  if (isGzip(bytes, start)) return joinLines(bytes, { start, end, reading: 'gzip in base64' })
  const shift = textShift(bytes, start, end)
  return shift === null ? null : joinLines(bytes, { start: start + shift, end, reading: 'base64' })
}

/** `H4sI`: 1f 8b 08, how RFC 1952 begins. */
function isGzip(bytes: Uint8Array, start: number): boolean {
  return bytes[start] === 0x48 && bytes[start + 1] === 0x34 && bytes[start + 2] === 0x73 && bytes[start + 3] === 0x49
}

function endOf(bytes: Uint8Array, at: number): number {
  let end = at
  while (end < bytes.length && IN_RUN[bytes[end] as number] === 1) end += 1
  return end
}

/** A wrapped block goes on when its line is whole groups of four and the next line holds nothing else either. */
function joinLines(bytes: Uint8Array, first: Omit<Run, 'characters'>): Run {
  const parts = [charactersOf(bytes, first.start, first.end)]
  let lineStart = first.start
  let end = first.end
  while ((end - lineStart) % 4 === 0) {
    const next = nextLine(bytes, end)
    const nextEnd = endOf(bytes, next)
    if (next === end || nextEnd === next || !endsLine(bytes, nextEnd)) break
    parts.push(charactersOf(bytes, next, nextEnd))
    lineStart = next
    end = nextEnd
  }
  while (bytes[end] === EQUALS) end += 1
  return { ...first, end, characters: parts.join('') }
}

/** Behind a line break and the indentation, or the same place where there is no line break. Also for `\n` written in a string. */
function nextLine(bytes: Uint8Array, end: number): number {
  let at = end
  if (bytes[at] === CARRIAGE_RETURN) at += 1
  if (bytes[at] === LINE_FEED) at += 1
  else if (at === end && bytes[at] === 0x5c && bytes[at + 1] === 0x6e) at += 2
  else return end
  while (bytes[at] === 0x20 || bytes[at] === 0x09) at += 1
  return at
}

function endsLine(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at]
  return byte === undefined || byte === LINE_FEED || byte === CARRIAGE_RETURN || byte === EQUALS || byte === 0x5c
}

function charactersOf(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', start, end)
}
