import { unusual } from '../plain/bounds.ts'

/** A folder of the index as git last wrote it to a tree: https://git-scm.com/docs/index-format#_cache_tree. */
export interface CacheTree {
  /** How many entries of the index are in it, and the tree that says just that. Null when one of them has changed since. */
  readonly written: { readonly count: number; readonly id: string } | null
  /** By name, one character a byte. */
  readonly folders: ReadonlyMap<string, CacheTree>
}

const LINE_FEED = 0x0a
const NUMBERS = /^(-1|\d{1,9}) (\d{1,9})$/
const MAX_DEPTH = 512

/** @throws SealwardError git when it is not as git writes it */
export function parseCacheTree(bytes: Buffer, idBytes: number): CacheTree {
  const cursor = { bytes, idBytes, at: 0 }
  const { tree } = readNode(cursor, 0)
  if (cursor.at !== bytes.length) throw broken()
  return tree
}

/** How many folders there are of which git has noted no tree. */
export function countUnknown({ written, folders }: CacheTree): number {
  return [...folders.values()].reduce((sum, folder) => sum + countUnknown(folder), written === null ? 1 : 0)
}

interface Cursor {
  readonly bytes: Buffer
  readonly idBytes: number
  at: number
}

/** Name, NUL, count, space, how many folders are in it, LF; the id unless the count is -1; then the folders. */
function readNode(cursor: Cursor, depth: number): { readonly name: string; readonly tree: CacheTree } {
  const { bytes, idBytes } = cursor
  const nul = bytes.indexOf(0, cursor.at)
  const end = bytes.indexOf(LINE_FEED, nul)
  const [, count, inside] = NUMBERS.exec(bytes.toString('latin1', nul + 1, end)) ?? []
  if (nul < 0 || end < 0 || count === undefined || depth > MAX_DEPTH) throw broken()
  const name = bytes.toString('latin1', cursor.at, nul)
  cursor.at = end + 1
  let written: CacheTree['written'] = null
  if (count !== '-1') {
    written = { count: Number(count), id: bytes.toString('hex', cursor.at, cursor.at + idBytes) }
    cursor.at += idBytes
    if (cursor.at > bytes.length) throw broken()
  }
  const folders = new Map<string, CacheTree>()
  for (let left = Number(inside); left > 0; left -= 1) {
    const { name: folder, tree } = readNode(cursor, depth + 1)
    folders.set(folder, tree)
  }
  return { name, tree: { written, folders } }
}

function broken() {
  return unusual('what the index knows of folders is not as git writes it')
}
