import { unusual } from '../plain/bounds.ts'
import type { RawChange } from '../records.ts'
import type { CacheTree } from './cache-tree.ts'
import type { IndexFile, IndexRecord } from './index-file.ts'
import type { TreeRecord, TreeRecords } from './tree-object.ts'

/** What is compared. */
export interface Sides {
  readonly index: IndexFile
  /** The root folder of HEAD; null when there is no commit yet. */
  readonly tree: string | null
  /** @throws when the tree cannot be had */
  readonly readTree: (id: string) => TreeRecords
}

/** A folder on both sides: a stretch of the index, and a tree. */
interface Folder {
  /** `a/b/`, or '' for the root. */
  readonly path: string
  readonly from: number
  readonly to: number
  readonly tree: string | null
  readonly known: CacheTree | null
}

const NO_ID = '0'.repeat(40)
const NO_MODE = '000000'
const MAX_DEPTH = 512

/**
 * What `git diff --cached --raw --no-renames` says, sorted by path. Folders of which git has noted that they are as in the tree are
 * not looked into, just as git does not.
 *
 * @throws whatever `readTree` throws, or SealwardError git when the index contradicts itself
 */
export function compareIndex({ index, tree, readTree }: Sides): RawChange[] {
  const changes: RawChange[] = []

  function compareFolder(folder: Folder, depth: number): void {
    if (isUnchanged(folder)) return
    if (depth > MAX_DEPTH) throw unusual('folders are nested too deep')
    const records: TreeRecords = folder.tree === null ? new Map() : readTree(folder.tree)
    for (let at = folder.from; at < folder.to; ) at = compareNext(folder, records, { at, depth })
    for (const [name, record] of records) remove(folder.path + name, record, depth)
  }

  /** Takes what it meets out of `records`. @returns where to go on in the index */
  function compareNext(folder: Folder, records: TreeRecords, { at, depth }: { at: number; depth: number }): number {
    const path = index.path(at)
    if (!path.startsWith(folder.path)) throw unusual('the index is not sorted')
    const slash = path.indexOf('/', folder.path.length)
    if (slash < 0) {
      compareFile(index.record(at), take(records, path.slice(folder.path.length)))
      return at + 1
    }
    const name = path.slice(folder.path.length, slash)
    const inside = path.slice(0, slash + 1)
    const known = folder.known?.folders.get(name) ?? null
    const to = endOfFolder(index, inside, { at, to: folder.to, count: known?.written?.count })
    const old = take(records, `${name}/`)
    compareFolder({ path: inside, from: at, to, tree: old?.id ?? null, known }, depth + 1)
    return to
  }

  function compareFile({ path, mode, id, announced }: IndexRecord, old: TreeRecord | null): void {
    if (announced) {
      if (old !== null)
        changes.push({ path, oldMode: old.mode, newMode: NO_MODE, oldId: old.id, newId: NO_ID, status: 'D' })
    } else if (old === null) {
      changes.push({ path, oldMode: NO_MODE, newMode: mode, oldId: NO_ID, newId: id, status: 'A' })
    } else if (old.mode !== mode || old.id !== id) {
      // The first three digits say what it is; the others, who may do what.
      const status = old.mode.slice(0, 3) === mode.slice(0, 3) ? 'M' : 'T'
      changes.push({ path, oldMode: old.mode, newMode: mode, oldId: old.id, newId: id, status })
    }
  }

  function remove(path: string, { mode, id }: TreeRecord, depth: number): void {
    if (!path.endsWith('/')) {
      changes.push({ path, oldMode: mode, newMode: NO_MODE, oldId: id, newId: NO_ID, status: 'D' })
      return
    }
    if (depth > MAX_DEPTH) throw unusual('folders are nested too deep')
    for (const [name, record] of readTree(id)) remove(path + name, record, depth + 1)
  }

  compareFolder({ path: '', from: 0, to: index.count, tree, known: index.folders }, 0)
  return changes.sort((one, other) => (one.path < other.path ? -1 : 1)).map(withText)
}

function isUnchanged({ known, tree, from, to }: Folder): boolean {
  return known?.written != null && known.written.id === tree && known.written.count === to - from
}

function take(records: TreeRecords, name: string): TreeRecord | null {
  const record = records.get(name)
  records.delete(name)
  return record ?? null
}

/** Behind the last entry that is in the folder. How many there are is seldom not known; and is not believed. */
function endOfFolder(index: IndexFile, folder: string, { at, to, count }: Stretch): number {
  const isInside = (entry: number) => entry < to && index.path(entry).startsWith(folder)
  if (count !== undefined && isInside(at + count - 1) && !isInside(at + count)) return at + count
  let low = at
  let high = to
  while (low < high) {
    const middle = (low + high) >> 1
    if (isInside(middle)) low = middle + 1
    else high = middle
  }
  return low
}

interface Stretch {
  readonly at: number
  readonly to: number
  readonly count: number | undefined
}

/** As git's own output is read: what is not UTF-8 is shown with replacement characters. */
function withText(change: RawChange): RawChange {
  return { ...change, path: Buffer.from(change.path, 'latin1').toString('utf8') }
}
