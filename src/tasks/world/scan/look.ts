import type { ScanMark, ScanPlace, ScanStep, Unread } from './source.ts'

/** The port of the first look: which of many texts have something in them. Plain data goes in and out, so that threads can share the work. */

/** A text that has to be looked at again, with everything that is known of the repository: it has hits, or an allowance in a comment. */
export interface Suspect {
  readonly kind: 'suspect'
  readonly place: ScanPlace
}

/** So much was looked at since the last one of these. */
export interface Tally {
  readonly kind: 'tally'
  readonly count: number
  readonly bytes: number
  /** Archives that were looked at as they are, packed; absent for none. */
  readonly packed?: number
}

/** A mark says that everything listed before it has been looked at, and that what was seen there has been said. */
export type Look = Suspect | Unread | Tally | ScanMark

export interface Lookers {
  /** In the order of the steps, however many threads share them. */
  look(steps: AsyncIterable<ScanStep>): AsyncIterable<Look>
}
