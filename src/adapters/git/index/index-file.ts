import { unusual } from '../plain/bounds.ts'
import { type CacheTree, parseCacheTree } from './cache-tree.ts'

/** One path of the index. */
export interface IndexRecord {
  /** One character a byte. */
  readonly path: string
  /** Six octal digits. */
  readonly mode: string
  readonly id: string
  /** `git add --intent-to-add`: the path is announced, and has no content yet. */
  readonly announced: boolean
}

/** The index, of which a path is read when it is asked for: of most of them nothing needs to be known. */
export interface IndexFile {
  readonly count: number
  /** In the order of their bytes. */
  path(entry: number): string
  record(entry: number): IndexRecord
  /** What git knows of the folders that are as in a tree; null when it keeps nothing. */
  readonly folders: CacheTree | null
}

const MAGIC = 0x44495243 // DIRC
const HEADER_BYTES = 12
const ID_BYTES = 20
const MODE_AT = 24
const ID_AT = 40
const FLAGS_AT = 60
const NAME_AT = 62
const EXTENDED = 0x4000
const STAGE = 0x3000
const LENGTH = 0x0fff
const ANNOUNCED = 0x2000
const KINDS = new Set([0o100, 0o120, 0o160])

/**
 * Parses an index with ids of SHA-1: https://git-scm.com/docs/index-format. Its checksum is not looked at, as git does not look at it.
 *
 * @throws SealwardError git for another version than 2, 3 and 4, conflicts, an index that is split or sparse, or one that is cut off
 */
export function parseIndexFile(bytes: Buffer): IndexFile {
  const version = bytes.readUInt32BE(4)
  if (bytes.readUInt32BE(0) !== MAGIC || version < 2 || version > 4) throw unusual('the index has another version')
  const count = bytes.readUInt32BE(8)
  const { starts, names, end } = findEntries(bytes, count, version)
  const path = (entry: number) => names[entry] ?? nameAt(bytes, starts[entry] as number)
  return {
    count,
    path,
    record: (entry) => readRecord(bytes, starts[entry] as number, path(entry)),
    folders: readExtensions(bytes, end),
  }
}

interface Entries {
  readonly starts: readonly number[]
  /** Of version 4 only, where each name goes on from the one before. */
  readonly names: readonly string[]
  readonly end: number
}

function findEntries(bytes: Buffer, count: number, version: number): Entries {
  const starts: number[] = []
  const names: string[] = []
  let at = HEADER_BYTES
  for (let entry = 0; entry < count; entry += 1) {
    const flags = flagsAt(bytes, at + FLAGS_AT)
    if ((flags & STAGE) !== 0) throw unusual('the index has a conflict')
    if (version === 2 && (flags & EXTENDED) !== 0) throw unusual('the index has flags that its version does not know')
    starts.push(at)
    const name = at + nameOffset(flags)
    if (version === 4) {
      const { text, next } = readCompressed(bytes, name, names.at(-1) ?? '')
      names.push(text)
      at = next
    } else {
      // One to eight NULs fill an entry up to a multiple of eight bytes.
      const length = endOfName(bytes, name, flags & LENGTH) - at
      at += (length + 8) & ~7
    }
  }
  return { starts, names, end: at }
}

/** Two bytes, for every entry: a third of the time of readUInt16BE, until that has been called a thousand times. */
function flagsAt(bytes: Buffer, at: number): number {
  const low = bytes[at + 1]
  if (low === undefined) throw unusual('the index breaks off')
  return ((bytes[at] as number) << 8) | low
}

function nameOffset(flags: number): number {
  return (flags & EXTENDED) === 0 ? NAME_AT : NAME_AT + 2
}

/** A length that does not fit is written as the greatest one. */
function endOfName(bytes: Buffer, start: number, length: number): number {
  const end = length < LENGTH ? start + length : bytes.indexOf(0, start)
  if (bytes[end] !== 0) throw unusual('a name in the index does not end')
  return end
}

function nameAt(bytes: Buffer, start: number): string {
  const flags = flagsAt(bytes, start + FLAGS_AT)
  const name = start + nameOffset(flags)
  return bytes.toString('latin1', name, endOfName(bytes, name, flags & LENGTH))
}

/** How many bytes of the name before are not part of this one, in groups of seven bits; then the rest, and NUL. */
function readCompressed(
  bytes: Buffer,
  start: number,
  before: string,
): { readonly text: string; readonly next: number } {
  let at = start
  let dropped = (bytes[at] ?? 0) & 0x7f
  while ((bytes[at] ?? 0) >= 0x80) {
    at += 1
    dropped = (dropped + 1) * 128 + ((bytes[at] ?? 0) & 0x7f)
  }
  const end = bytes.indexOf(0, at + 1)
  if (dropped > before.length || end < 0) throw unusual('a name in the index goes on from none')
  return { text: before.slice(0, before.length - dropped) + bytes.toString('latin1', at + 1, end), next: end + 1 }
}

function readRecord(bytes: Buffer, start: number, path: string): IndexRecord {
  const mode = bytes.readUInt32BE(start + MODE_AT)
  if (!KINDS.has(mode >> 9)) throw unusual('the index has something other than files, links and submodules')
  const flags = flagsAt(bytes, start + FLAGS_AT)
  const announced = (flags & EXTENDED) !== 0 && (flagsAt(bytes, start + NAME_AT) & ANNOUNCED) !== 0
  return {
    path,
    mode: mode.toString(8),
    id: bytes.toString('hex', start + ID_AT, start + ID_AT + ID_BYTES),
    announced,
  }
}

/** Behind the entries. One that must be understood has a name in small letters: `link`, `sdir`. */
function readExtensions(bytes: Buffer, start: number): CacheTree | null {
  let folders: CacheTree | null = null
  const end = bytes.length - ID_BYTES
  let at = start
  while (at < end) {
    const name = bytes.toString('latin1', at, at + 4)
    const next = at + 8 + bytes.readUInt32BE(at + 4)
    if (!/^[A-Z]/.test(name) || next > end) throw unusual('the index has a part that only git knows')
    if (name === 'TREE') folders = parseCacheTree(bytes.subarray(at + 8, next), ID_BYTES)
    at = next
  }
  if (at !== end) throw unusual('the index breaks off')
  return folders
}
