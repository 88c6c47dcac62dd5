import type { Reading } from './runs.ts'

/** A part of a text that is encoded. */
export interface EncodedPiece {
  /** Where it stands in the text. */
  readonly start: number
  readonly end: number
  readonly encoding: Encoding
  /** What it says, at most as much as was asked for. */
  readonly bytes: Uint8Array
  /** False when it says more than that. */
  readonly whole: boolean
}

/** In words, as a finding names it. */
export type Encoding = Reading | 'escapes'
