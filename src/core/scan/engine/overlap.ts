import type { Detection } from '../detection.ts'

const RANK = { high: 0, medium: 1, low: 2 } as const

/** From the front to the back; where two begin together, the longer first. */
export function byPlace(one: Detection, other: Detection): number {
  return one.start - other.start || other.end - one.end || RANK[one.confidence] - RANK[other.confidence]
}

/** Of detections that share characters, the longer stays; of equal ones the surer. In the order of the text. Linear once sorted. */
export function withoutOverlaps(detections: readonly Detection[]): Detection[] {
  const kept: Detection[] = []
  for (const next of detections.toSorted(byPlace)) {
    const last = kept.at(-1)
    if (last === undefined || next.start >= last.end) kept.push(next)
    else if (next.end - next.start > last.end - last.start) kept[kept.length - 1] = next
  }
  return kept
}

/** Those of `others` that share no character with `taken`, which is in the order of the text and without overlaps. */
export function besides(taken: readonly Detection[], others: readonly Detection[]): Detection[] {
  let at = 0
  return others.toSorted(byPlace).filter((other) => {
    while (at < taken.length && (taken[at] as Detection).end <= other.start) at += 1
    const next = taken[at]
    return next === undefined || next.start >= other.end
  })
}
