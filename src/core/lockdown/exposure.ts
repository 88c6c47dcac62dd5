import { byCodeUnits } from '../code-units.ts'
import { readableWith } from '../members/access.ts'
import type { Revision } from '../members/revisions.ts'
import type { ToDoItem } from '../members/to-do.ts'

/** A secret, and how many could have told it. */
export interface Exposed extends ToDoItem {
  /** How many keys ever opened a version that had it. */
  readonly keys: number
}

/**
 * Lists everything that was ever encrypted in some files, the most exposed first: what most keys opened, then what was there for longest.
 *
 * @param now until when whoever had a key could read what is there today
 * @param fresh a recipient of now, whose key nobody else had; null for none
 */
export function exposureOf(
  revisions: readonly Revision[],
  { now, fresh }: { readonly now: Date; readonly fresh: string | null },
): readonly Exposed[] {
  const all = new Set(revisions.flatMap(({ version }) => version.recipients))
  const readers = new Map<string, Set<string>>()
  for (const { file, version } of revisions)
    for (const [name, { sealed }] of version.values) {
      if (sealed === null) continue
      const own = readers.get(`${file}\0${name}`) ?? new Set<string>()
      for (const recipient of version.recipients) if (recipient !== fresh) own.add(recipient)
      readers.set(`${file}\0${name}`, own)
    }
  return readableWith(all, revisions)
    .map((one) => ({ ...one, until: one.until ?? now, keys: readers.get(`${one.file}\0${one.name}`)!.size }))
    .sort(byExposure)
}

function byExposure(one: Exposed, other: Exposed): number {
  return (
    other.keys - one.keys ||
    one.since.getTime() - other.since.getTime() ||
    byCodeUnits(one.file, other.file) ||
    byCodeUnits(one.name, other.name)
  )
}
