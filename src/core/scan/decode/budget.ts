import type { EncodedPiece } from './piece.ts'

const MAX_DECODED = 4 * 1024 * 1024
/** A small file may hold a well packed one: a Helm release has some ten times its length. */
const MIN_DECODED = 1024 * 1024
const MAX_PIECES = 10_000
/** Each costs a tenth of a millisecond even when it unpacks to nothing. */
const MAX_UNPACKED = 100

/** How much of a text may be decoded, all levels together: four times its length, from 1 to 4 MiB, in 10,000 pieces, of which 100 are packed. */
export class Budget {
  /** False when something was left out. */
  complete = true
  #bytes: number
  #pieces = MAX_PIECES
  #unpacked = MAX_UNPACKED

  constructor(length: number) {
    this.#bytes = Math.min(MAX_DECODED, Math.max(MIN_DECODED, 4 * length))
  }

  get bytes(): number {
    return this.#bytes
  }

  /** What one packed piece may come to: bombs in a row take a half, a quarter, an eighth, and together no more than the whole. */
  get half(): number {
    return this.#bytes >> 1
  }

  /** Whether a piece may be searched. */
  take({ bytes, whole }: EncodedPiece): boolean {
    const allowed = this.#pieces > 0 && bytes.length <= this.#bytes
    this.complete &&= allowed && whole
    this.#pieces -= 1
    this.#bytes -= allowed ? bytes.length : 0
    return allowed
  }

  /** Whether one more piece may be unpacked. */
  mayUnpack(): boolean {
    this.#unpacked -= 1
    this.complete &&= this.#unpacked >= 0
    return this.#unpacked >= 0
  }

  /** For work that came to nothing. */
  lose(bytes: number): void {
    this.complete = false
    this.#bytes -= bytes
  }
}
