/** Which items of two lists are one: pairs of indices, rising in both. */
export type Pairs = readonly (readonly [one: number, other: number])[]

interface Range {
  readonly one: readonly [from: number, to: number]
  readonly other: readonly [from: number, to: number]
}

/**
 * Aligns two lists of words: what is at both ends first, then what occurs once in each (as many as keep their order), then the same
 * between these. Names occur once in a file, so this is exact for them, and its cost stays below the square that other ways can take.
 */
export function align(one: readonly string[], other: readonly string[]): Pairs {
  const pairs: [number, number][] = []
  const ranges: Range[] = [{ one: [0, one.length], other: [0, other.length] }]
  for (let range = ranges.pop(); range !== undefined; range = ranges.pop()) {
    const inner = trim(range, { one, other }, pairs)
    const anchors = inRisingOrder(commonOnce(inner, { one, other }))
    let [from, beside] = [inner.one[0], inner.other[0]]
    for (const [at, there] of anchors) {
      pairs.push([at, there])
      ranges.push({ one: [from, at], other: [beside, there] })
      ;[from, beside] = [at + 1, there + 1]
    }
    if (anchors.length > 0) ranges.push({ one: [from, inner.one[1]], other: [beside, inner.other[1]] })
  }
  return pairs.sort(([a], [b]) => a - b)
}

interface Lists {
  readonly one: readonly string[]
  readonly other: readonly string[]
}

/** Pairs equal words at both ends of a range, and returns what is left of it. */
function trim(range: Range, { one, other }: Lists, pairs: [number, number][]): Range {
  let [[from, to], [beside, until]] = [range.one, range.other]
  while (from < to && beside < until && one[from] === other[beside]) pairs.push([from++, beside++])
  while (from < to && beside < until && one[to - 1] === other[until - 1]) pairs.push([--to, --until])
  return { one: [from, to], other: [beside, until] }
}

/** Words that stand once in each part, by their place in the first. */
function commonOnce(range: Range, { one, other }: Lists): [number, number][] {
  const [here, there] = [placesOnce(one, range.one), placesOnce(other, range.other)]
  const found: [number, number][] = []
  for (const [word, at] of here) {
    const beside = there.get(word) ?? null
    if (at !== null && beside !== null) found.push([at, beside])
  }
  return found
}

/** Null for a word that stands there more than once. */
function placesOnce(words: readonly string[], [from, to]: readonly [number, number]): Map<string, number | null> {
  const places = new Map<string, number | null>()
  for (let at = from; at < to; at += 1) places.set(words[at]!, places.has(words[at]!) ? null : at)
  return places
}

/** The longest part of pairs whose second indices rise, by patience sorting. */
function inRisingOrder(pairs: readonly [number, number][]): [number, number][] {
  const tops: number[] = []
  const before: number[] = []
  for (const [index, [, place]] of pairs.entries()) {
    let [low, high] = [0, tops.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (pairs[tops[middle]!]![1] < place) low = middle + 1
      else high = middle
    }
    before[index] = tops[low - 1] ?? -1
    tops[low] = index
  }
  const longest: [number, number][] = []
  for (let at = tops.at(-1) ?? -1; at >= 0; at = before[at]!) longest.push(pairs[at]!)
  return longest.reverse()
}
