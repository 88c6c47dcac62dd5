import type { Judged } from '../../check/judged.ts'

/** The stretch of time that a rendering draws: from its start, or the first day that is known of it, to its end. */
export interface Span {
  readonly from: number
  readonly to: number
  /** Where warning gives way to work to be done; within `from` and `to`. */
  readonly due: number
  /** False when it began before `from`, nobody knows when. */
  readonly exact: boolean
}

/** @returns null when it has no end: there is nothing to draw to */
export function spanOf({ since, sinceIsExact, due, end }: Judged, at: Date): Span | null {
  const to = (end ?? due)?.getTime()
  if (to === undefined) return null
  const from = Math.min(since?.getTime() ?? Math.min(due?.getTime() ?? to, at.getTime()), to)
  return { from, to, due: Math.max(from, Math.min(due?.getTime() ?? to, to)), exact: since !== null && sinceIsExact }
}

/**
 * A span as a line of so many characters, each to its own scale: lived `━`, to be lived `─` and from the due day on `┅`, past the end `╌`,
 * between `├` (`╌` when the start is a bound) and `┤`, and now `●`. Blank without a span.
 */
export function drawBar(span: Span | null, at: Date, cells: number): string {
  if (span === null) return ' '.repeat(cells)
  const now = at.getTime()
  const first = Math.min(span.from, now)
  const length = Math.max(span.to, now) - first
  const cellOf = (time: number) => (length === 0 ? 0 : Math.round(((time - first) / length) * (cells - 1)))
  const marks = { now: cellOf(now), from: cellOf(span.from), due: cellOf(span.due), to: cellOf(span.to) }
  return Array.from({ length: cells }, (_, cell) => charAt(cell, { ...marks, exact: span.exact })).join('')
}

interface Marks extends Omit<Span, 'exact'> {
  readonly now: number
  readonly exact: boolean
}

function charAt(cell: number, { now, from, due, to, exact }: Marks): string {
  if (cell === now) return '●'
  if (cell < from) return ' '
  if (cell === to) return '┤'
  if (cell === from) return exact ? '├' : '╌'
  if (cell > to) return cell < now ? '╌' : ' '
  if (cell < now) return '━'
  return cell >= due ? '┅' : '─'
}
