import type { Dialect, Trait } from './dialects/dialect.ts'
import type { Random } from './random.ts'

/** The open half may be looked at while the scanner is tuned, the hidden half never. */
export type Half = 'open' | 'hidden'

/** A judged place in a case: lines counted from 0 within it; a secret over several lines has its last line in `end`. */
export type Mark = { readonly at: number; readonly end: number; readonly kind: string; readonly secret: boolean }

/** Some lines of a file that belong together, and what in them is judged. */
export type Case = { readonly lines: readonly string[]; readonly marks: readonly Mark[] }

/** What a production may draw on: its stream of choices, the half's own words, and the language it has to speak. */
export type Context = { readonly random: Random; readonly half: Half; readonly dialect: Dialect }

/** One rule of the grammar. `make` answers null where the dialect has no way to say such a thing. */
export type Production = {
  readonly kind: string
  readonly weight: number
  /** A notation the dialect must know: its weight is then in hundredths of the cases of such files. */
  readonly trait?: Trait
  /** Kept for the hidden half, so that its score also tells how the scanner does on forms never seen. */
  readonly hidden?: true
  readonly make: (context: Context) => Case | null
}

/** A list in three parts: what everybody writes, and what is kept apart for each half. */
export type Split<T = string> = {
  readonly both?: readonly T[]
  readonly open: readonly T[]
  readonly hidden: readonly T[]
}

/** Picks from what this half may use. */
export function choose<T>({ random, half }: Pick<Context, 'random' | 'half'>, list: Split<T>): T {
  return random.pick([...(list.both ?? []), ...list[half]])
}

/** One judged line, or a few lines of which the one at `at` is judged. */
export function judged(text: string, kind: string, secret: boolean, at = 0): Case {
  return { lines: text.split('\n'), marks: [{ at, end: at, kind, secret }] }
}
