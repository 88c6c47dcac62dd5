import type { ScanPlace, ScanSource, ScanStep } from '../../world/scan/source.ts'

/**
 * Says of what a range brought whether its newest commit has it still, by name and content: only then are its lines those that a
 * reader of the files sees.
 *
 * @param newest the files of that commit; listed when the range is
 */
export function markCurrent(range: ScanSource, newest: ScanSource): ScanSource {
  return {
    what: range.what,
    async *steps() {
      const ids = new Map<string, string | undefined>()
      for await (const step of newest.steps()) if (step.kind === 'place') ids.set(step.path, step.id)
      for await (const step of range.steps()) yield step.kind === 'place' && isCurrent(step, ids) ? marked(step) : step
    },
  }
}

function isCurrent({ path, id }: ScanPlace, ids: ReadonlyMap<string, string | undefined>): boolean {
  return id !== undefined && ids.get(path) === id
}

function marked(place: ScanPlace): ScanStep {
  return place.origin === undefined ? place : { ...place, origin: { ...place.origin, current: true } }
}
