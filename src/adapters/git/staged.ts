import type { Change, Staged, Version } from '../../tasks/world-git.ts'
import { readBlobs } from './blobs.ts'
import { readGit } from './child.ts'
import { parseIndex, parseRawDiff, type RawChange } from './records.ts'

/** About a million files. */
const LIST_BYTES = 256 * 1024 * 1024

/**
 * What the commit adds to HEAD, by ids: `--raw` has no text that colours, external or textconv drivers, attributes, prefixes or
 * context could change. The configuration that still reaches it is overridden: a folder to be relative to (as a setting, since the
 * option is newer than many a git) and an order file.
 */
const DIFF = [
  '-c',
  'diff.relative=false',
  'diff',
  '--cached',
  '--raw',
  '-z',
  '--no-abbrev',
  '--no-renames',
  '--no-ext-diff',
  '--no-color',
  '-O/dev/null',
]
const SUBMODULE = '160000'
const LINK = '120000'
const NOTHING = '000000'

/** The index that git named to this process, or the repository's own. Never reads a file of the working tree. */
export function openStaged(): Staged {
  return {
    async changes() {
      const records = parseRawDiff(await readGit(DIFF, LIST_BYTES))
      return { changed: records.filter(isContent).map(readChange), removed: records.filter(isRemoval).map(oldVersion) }
    },
    async tracked() {
      const entries = parseIndex(await readGit(['ls-files', '--cached', '--stage', '-z', '--full-name'], LIST_BYTES))
      return entries
        .filter(({ mode }) => mode !== SUBMODULE)
        .map(({ path, id, mode }) => ({ path, id, link: mode === LINK }))
    },
    read: readBlobs,
  }
}

/** A link's target is content too. A path with a conflict has no new mode, and git refuses to commit it before any hook. */
function isContent({ newMode }: RawChange): boolean {
  return newMode !== NOTHING && newMode !== SUBMODULE
}

function isRemoval({ oldMode, newMode, status }: RawChange): boolean {
  return newMode === NOTHING && oldMode !== SUBMODULE && status === 'D'
}

function readChange(record: RawChange): Change {
  const existed = record.oldMode !== NOTHING && record.oldMode !== SUBMODULE
  const { path, newId, newMode } = record
  return { path, id: newId, link: newMode === LINK, before: existed ? record.oldId : null }
}

function oldVersion({ path, oldId, oldMode }: RawChange): Version {
  return { path, id: oldId, link: oldMode === LINK }
}
