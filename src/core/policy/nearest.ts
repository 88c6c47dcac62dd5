/** The candidate that a mistyped word most likely meant, or null when none is near. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  return candidates.find((candidate) => candidate.startsWith(word.slice(0, 3))) ?? null
}
