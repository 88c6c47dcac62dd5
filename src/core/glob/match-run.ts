import { WILD } from './glob.ts'

/**
 * Matches parts against units, where a wild part takes any number of units. Only the last wild part so far is ever extended: what an
 * earlier one could take more, the last can take as well.
 */
export function matchRun<Part, Unit>(
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
