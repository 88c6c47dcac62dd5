import type { Change, Version } from '../../../tasks/world/git/repository.ts'
import type { ScanPlace, ScanSource } from '../../../tasks/world/scan/source.ts'
import { openStaged } from '../staged.ts'

/**
 * What the commit adds to HEAD: contents by id, as the index has them.
 *
 * A file that replaces one has its content as `before`. So has a new file that has the content of a removed one (it was moved), or
 * its name in another folder (it was moved and changed).
 */
export function openStagedSource(): ScanSource {
  return {
    what: 'staged files',
    async *steps() {
      const { changed, removed } = await openStaged().changes()
      const moved = removed.length === 0 ? null : indexRemoved(removed)
      for (const change of changed) yield placeOf(change, change.before ?? moved?.(change) ?? null)
    },
  }
}

function placeOf({ path, id, link }: Change, before: string | null): ScanPlace {
  return { kind: 'place', path, id, link, ...(before === null ? {} : { before: [before] }) }
}

function indexRemoved(removed: readonly Version[]): (change: Change) => string | undefined {
  const ids = new Set(removed.map(({ id }) => id))
  const byName = new Map(removed.map(({ path, id }) => [nameOf(path), id]))
  return ({ id, path }) => (ids.has(id) ? id : byName.get(nameOf(path)))
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
