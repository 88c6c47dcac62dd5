import type { Judged } from '../../../check/judged.ts'
import { spanOf } from '../timeline.ts'
import { saySpan } from '../words.ts'
import { escapeHtml } from './escape.ts'

const DAY = 86_400_000

/** The axis that all items share: a quarter back and a year ahead, in five parts. */
const PART = 90 * DAY
const BACK = PART
const LENGTH = 5 * PART
const HEIGHT = 14

/** Where the five parts begin, in words that fit. */
export const AXIS = ['90 d ago', 'now', 'in 90 d', '180 d', '270 d'] as const

/**
 * The life of one thing as an SVG as wide as its cell: its span, in full colour from the day it is due on, hatched past its end, and a line for
 * now. What lies outside of the axis is cut off. Empty without an end.
 */
export function drawLife(judged: Judged, at: Date): string {
  const span = spanOf(judged, at)
  if (span === null) return ''
  const now = at.getTime()
  const life = rectOf({ from: span.from, to: span.due, at }, 'life')
  const due = rectOf({ from: span.due, to: span.to, at }, 'warn')
  const over = span.to < now ? rectOf({ from: span.to, to: now, at }, 'over') : ''
  const grid = [0, 2, 3, 4].map((part) => lineAt(part * PART, 'grid')).join('')
  const title = escapeHtml(saySpan(judged))
  return `<svg role="img" aria-label="${title}" viewBox="0 0 1000 ${HEIGHT}" preserveAspectRatio="none">${grid}${life}${due}${over}${lineAt(BACK, 'now')}</svg>`
}

interface Stretch {
  readonly from: number
  readonly to: number
  readonly at: Date
}

/** At least a hair wide where it is on the axis at all, or at its edge: an end of years ago is still an end. */
function rectOf({ from, to, at }: Stretch, kind: string): string {
  const start = place(from - at.getTime() + BACK)
  const width = place(to - at.getTime() + BACK) - start
  if (width <= 0) return ''
  return `<rect class="${kind}" x="${start}" y="2" width="${width}" height="${HEIGHT - 4}"/>`
}

function lineAt(time: number, kind: string): string {
  const x = place(time)
  return `<line class="${kind}" x1="${x}" y1="0" x2="${x}" y2="${HEIGHT}"/>`
}

function place(time: number): number {
  return Math.round(Math.max(0, Math.min(1, time / LENGTH)) * 1000)
}
