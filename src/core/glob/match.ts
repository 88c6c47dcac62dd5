import type { Glob, Segment, Token, WILD } from './glob.ts'
import { matchRun } from './match-run.ts'

/**
 * Whether a path, relative and with '/' separators, is one that the glob means. Letter case counts. At most one step for each pair of a
 * character of the glob and one of the path.
 */
export function matchesGlob(glob: Glob, path: string): boolean {
  const names = path.split('/').map((name) => [...name])
  return glob.alternatives.some((segments) => matchRun(segments, names, matchesName))
}

function matchesName(tokens: Exclude<Segment, typeof WILD>, name: readonly string[]): boolean {
  return matchRun<Exclude<Token, typeof WILD>, string>(tokens, name, (token, character) => token(character))
}
