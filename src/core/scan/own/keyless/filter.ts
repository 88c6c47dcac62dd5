import { BITS_OF_FILTER, normalise } from './windows.ts'

/** Multiplier of the hash: any odd number, for it decides nothing but speed. */
const BASE = 0x01000193
const FACTOR = 0x9e3779b1
const SLOTS_OF_EACH = 64
const LEAST_BITS = 7

/** Characters of both alphabets of base64 by number, `+` and `-` the same, `/` and `_` the same; 0 for all others. */
export const CODES = new Uint8Array(256)
for (const [at, character] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].entries())
  CODES[character.charCodeAt(0)] = at + 1
CODES[0x2b] = CODES[0x2d] as number
CODES[0x2f] = CODES[0x5f] as number

/** A stretch of characters of base64, and how long the windows in it are. */
export interface SizedRun {
  readonly start: number
  readonly end: number
  readonly size: number
}

/**
 * A table of bits that says of most windows that they are not in the index, without a digest.
 *
 * What it tells: an attacker has every version of the file, and by comparing two of them sees which bits a new value set. So all that
 * can be kept back is the rest of the hash: a table of any size goes by the first bits of the same hash, which no salt changes, and the largest one by sixteen.
 * However many versions there are, they tell no more of a window than those. `windowsOf` reckons with it.
 */
export class WindowFilter {
  readonly bytes: Uint8Array
  readonly #shift: number

  /** @param bytes a power of two, from 16 to 8,192 bytes */
  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.#shift = 32 - Math.log2(bytes.length * 8)
  }

  static of(windows: readonly string[]): WindowFilter {
    const wanted = Math.ceil(Math.log2(windows.length * SLOTS_OF_EACH))
    const bits = Math.min(BITS_OF_FILTER, Math.max(LEAST_BITS, wanted))
    const filter = new WindowFilter(new Uint8Array(1 << (bits - 3)))
    for (const window of windows) filter.#add(hashOf(window))
    return filter
  }

  /** Calls back for every window of a run that has two digits and may be in the index. */
  sift(bytes: Uint8Array, { start, end, size }: SizedRun, meet: (start: number) => void): void {
    const leaving = leavingOf(size)
    let hash = 0
    /** Where the last digit but one stands. */
    let digit = -1
    let lastDigit = -1
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] as number
      if (byte >= 0x30 && byte <= 0x39) {
        digit = lastDigit
        lastDigit = at
      }
      hash = (Math.imul(hash, BASE) + (CODES[byte] as number)) | 0
      const from = at - size + 1
      if (from > start) hash = (hash - (leaving[CODES[bytes[from - 1] as number] as number] as number)) | 0
      if (from >= start && digit >= from && this.#has(hash)) meet(from)
    }
  }

  #has(hash: number): boolean {
    const slot = Math.imul(hash, FACTOR) >>> this.#shift
    return ((this.bytes[slot >>> 3] as number) & (1 << (slot & 7))) !== 0
  }

  #add(hash: number): void {
    const slot = Math.imul(hash, FACTOR) >>> this.#shift
    this.bytes[slot >>> 3] = (this.bytes[slot >>> 3] as number) | (1 << (slot & 7))
  }
}

function hashOf(window: string): number {
  let hash = 0
  for (const byte of Buffer.from(normalise(window), 'latin1'))
    hash = (Math.imul(hash, BASE) + (CODES[byte] as number)) | 0
  return hash
}

const LEAVING = new Map<number, Int32Array>()

/** What each character has come to by the time when it leaves a window of a size. */
function leavingOf(size: number): Int32Array {
  let leaving = LEAVING.get(size)
  if (leaving === undefined) {
    let power = 1
    for (let at = 0; at < size; at += 1) power = Math.imul(power, BASE)
    leaving = Int32Array.from({ length: 65 }, (_, code) => Math.imul(code, power))
    LEAVING.set(size, leaving)
  }
  return leaving
}
