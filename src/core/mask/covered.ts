/** More literals than this are not tried against a form: what they would save is not worth the time. */
const MOST_LITERALS = 200

/**
 * Whether hiding the literals hides a form as well, but for a quarter of it at most: the key names, brackets and line ends
 * between the lines of a long value.
 */
export function isCovered(form: string, literals: readonly string[]): boolean {
  if (literals.length > MOST_LITERALS) return false
  let hidden = 0
  for (const [from, to] of merged(hitsOf(form, literals))) hidden += to - from
  return hidden * 4 >= form.length * 3
}

type Range = [from: number, to: number]

function hitsOf(form: string, literals: readonly string[]): Range[] {
  const hits: Range[] = []
  for (const literal of literals)
    for (let at = form.indexOf(literal); at >= 0; at = form.indexOf(literal, at + literal.length))
      hits.push([at, at + literal.length])
  return hits
}

function merged(hits: Range[]): Range[] {
  const ranges: Range[] = []
  for (const [from, to] of hits.sort((one, other) => one[0] - other[0])) {
    const last = ranges.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else ranges.push([from, to])
  }
  return ranges
}
