import type { ObjectType } from '../../../core/trust/git-object.ts'
import { OBJECT_BYTES } from '../objects/stored-object.ts'
import { unusual } from './bounds.ts'
import { byteAt, readSize, type Sized } from './delta.ts'

/** What stands before the packed bytes of an object: how many they unpack to, and how long it is itself. */
export type EntryHeader = { readonly size: number; readonly length: number } & (
  | { readonly kind: 'whole'; readonly type: ObjectType }
  /** A delta on the object that begins so many bytes before. */
  | { readonly kind: 'delta-by-distance'; readonly distance: number }
  /** A delta on the object of that id. */
  | { readonly kind: 'delta-by-id'; readonly id: Buffer }
)

/** Enough for the longest header: a size, and the id or the distance of a base. */
export const ENTRY_HEADER_BYTES = 8 + 32

const TYPES: Readonly<Record<number, ObjectType>> = { 1: 'commit', 2: 'tree', 3: 'blob', 4: 'tag' }
const DISTANCE_DELTA = 6
const ID_DELTA = 7

/**
 * Parses the header of an object in a pack: https://git-scm.com/docs/pack-format#_pack_pack_files_have_the_following_format.
 *
 * @param bytes from where the object begins; more may follow
 * @throws SealwardError git for a kind that there is not, an object that is too large, or when it breaks off
 */
export function parseEntryHeader(bytes: Buffer, idBytes: number): EntryHeader {
  const { code, size, next } = readKind(bytes)
  if (size > OBJECT_BYTES) throw unusual('an object is too large')
  if (code === DISTANCE_DELTA) {
    const distance = readDistance(bytes, next)
    return { kind: 'delta-by-distance', size, distance: distance.size, length: distance.next }
  }
  if (code === ID_DELTA) {
    const length = next + idBytes
    if (length > bytes.length) throw unusual('a pack breaks off')
    return { kind: 'delta-by-id', size, id: bytes.subarray(next, length), length }
  }
  const type = TYPES[code]
  if (type === undefined) throw unusual('an object of a pack has no kind')
  return { kind: 'whole', size, type, length: next }
}

/** Three bits say what it is; the other four of the first byte are the lowest of its size. */
function readKind(bytes: Buffer): Sized & { readonly code: number } {
  const first = byteAt(bytes, 0)
  const more = first < 0x80 ? { size: 0, next: 1 } : readSize(bytes, 1)
  return { code: (first >> 4) & 7, size: (first & 15) + more.size * 16, next: more.next }
}

/** The highest group of bits first, and one is added for each further group: no number has two forms. */
function readDistance(bytes: Buffer, start: number): Sized {
  let byte = byteAt(bytes, start)
  let size = byte & 0x7f
  let next = start + 1
  for (; byte >= 0x80; next += 1) {
    byte = byteAt(bytes, next)
    size = (size + 1) * 128 + (byte & 0x7f)
  }
  if (size === 0) throw unusual('a delta has itself for its base')
  return { size, next }
}
