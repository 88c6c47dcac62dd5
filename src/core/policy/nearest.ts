const LONGEST = 64
const MOST_SLIPS = 3

/**
 * What somebody probably meant: the candidate with the fewest slips of the keyboard, letter case aside.
 *
 * @returns null when no candidate is near: one slip in three characters, three at most
 */
export function nearest(word: string, candidates: readonly string[]): string | null {
  if (word.length > LONGEST) return null
  const typed = word.toLowerCase()
  let best: string | null = null
  let bound = Math.min(MOST_SLIPS, Math.max(1, Math.floor(word.length / 3)), word.length - 1)
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > bound) continue
    const slips = distance(typed, candidate.toLowerCase())
    if (slips > bound) continue
    best = candidate
    bound = slips - 1
    if (bound < 0) break
  }
  return best
}

/** Damerau-Levenshtein, restricted: insertions, deletions, substitutions, and two neighbours swapped. */
function distance(one: string, other: string): number {
  let twoAbove: number[] = []
  let above = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1]
      const cheapest = Math.min(above[column]! + 1, current[column - 1]! + 1, above[column - 1]! + (same ? 0 : 1))
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      current.push(swapped ? Math.min(cheapest, twoAbove[column - 2]! + 1) : cheapest)
    }
    twoAbove = above
    above = current
  }
  return above[other.length]!
}
