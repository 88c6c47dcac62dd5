import { type Glob, type Segment, type Token, WILD } from './glob.ts'

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

/**
 * Matches parts against units, where a wild part takes any number of units. Only the last wild part so far is ever extended: what an
 * earlier one could take more, the last can take as well.
 */
function matchRun<Part, Unit>(
  parts: readonly (Part | typeof WILD)[],
  units: readonly Unit[],
  accepts: (part: Part, unit: Unit) => boolean,
): boolean {
  let [part, unit, wild, taken] = [0, 0, -1, 0]
  while (unit < units.length) {
    const current = parts[part]
    if (current === WILD) {
      wild = part
      taken = unit
      part += 1
    } else if (part < parts.length && accepts(current as Part, units[unit]!)) {
      part += 1
      unit += 1
    } else if (wild >= 0) {
      taken += 1
      unit = taken
      part = wild + 1
    } else return false
  }
  return parts.slice(part).every((rest) => rest === WILD)
}
