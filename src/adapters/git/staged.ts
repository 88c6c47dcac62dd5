import { TEXT_BYTES } from '../../core/scan/limits.ts'
import type { Change, Staged, StoredBlob, Version } from '../../tasks/world/git/repository.ts'
import { openPlainRepository, type PlainRepository } from './index/repository.ts'
import { isId } from './objects/stored-object.ts'
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
/** More blobs than this are read sooner by git. */
const FEW = 64

const SUBMODULE = '160000'
const LINK = '120000'
const NOTHING = '000000'

/**
 * The index that git named to this process, or the repository's own. Never reads a file of the working tree.
 *
 * A repository as git leaves it is read here: two git processes take longer than all the rest of a hook. Where anything is unusual
 * git is asked, and what it says is the same.
 */
export function openStaged(env: NodeJS.ProcessEnv = process.env): Staged {
  let opened: { readonly plain: PlainRepository | null } | undefined
  const plain = () => {
    opened ??= { plain: openPlainRepository(process.cwd(), env) }
    return opened.plain
  }
  return {
    async changes() {
      const records = plain()?.changes() ?? (await askGit(DIFF, parseRawDiff))
      return { changed: records.filter(isContent).map(readChange), removed: records.filter(isRemoval).map(oldVersion) }
    },
    async tracked() {
      const entries = await askGit(['ls-files', '--cached', '--stage', '-z', '--full-name'], parseIndex)
      return entries
        .filter(({ mode }) => mode !== SUBMODULE)
        .map(({ path, id, mode }) => ({ path, id, link: mode === LINK }))
    },
    read: (names) => readBlobs(names, plain),
  }
}

/** Loads what starts processes: a hook seldom needs it, and it takes as long as to look at ten files. */
async function askGit<T>(args: readonly string[], parse: (output: Buffer) => T): Promise<T> {
  const { readGit } = await import('./child.ts')
  return parse(await readGit(args, LIST_BYTES))
}

/** From the first one on that is not to be had plainly, git reads them. */
async function* readBlobs(names: readonly string[], plain: () => PlainRepository | null): AsyncGenerator<StoredBlob> {
  let next = 0
  if (names.length <= FEW) {
    for (const name of names) {
      const blob = readPlainly(name, plain())
      if (blob === null) break
      yield blob
      next += 1
    }
  }
  if (next === names.length) return
  const { readBlobs: readByGit } = await import('./objects/blobs.ts')
  yield* readByGit(names.slice(next))
}

/** @returns null when git has to be asked */
function readPlainly(name: string, plain: PlainRepository | null): StoredBlob | null {
  const found = isId(name) ? { id: name } : (plain?.find(name.slice(1)) ?? null)
  if (found?.id === null) return { name, bytes: null, size: 0 }
  const content = found === null ? null : (plain?.blob(found.id) ?? null)
  return content && { name, bytes: content.subarray(0, TEXT_BYTES), size: content.length }
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
