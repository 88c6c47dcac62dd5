import { unusual } from './bounds.ts'
import type { PlainFile } from './plain-file.ts'

/** Where a pack has its objects. */
export interface PackIndex {
  readonly count: number
  /**
   * @param id as bytes, 20 or 32
   * @returns where the object begins in the pack, or null when the pack does not have it
   * @throws SealwardError git when the numbers in the index cannot be true
   */
  find(id: Buffer): number | null
}

const MAGIC = 0xff744f63
const HEADER_BYTES = 8
const FAN_BYTES = 256 * 4
const LARGE = 0x80000000
/** So many ids are read at once, and searched one by one. */
const RUN = 64

/**
 * Opens an index of version 2, the only one that git has written since 2007: https://git-scm.com/docs/pack-format.
 * Of a large one, a few kilobytes are read.
 *
 * @throws SealwardError git for another version
 */
export function openPackIndex(file: PlainFile): PackIndex {
  const fan = file.read(0, HEADER_BYTES + FAN_BYTES)
  if (fan.readUInt32BE(0) !== MAGIC || fan.readUInt32BE(4) !== 2)
    throw unusual('the index of a pack has another version')
  /** How many ids begin with that byte or a smaller one. */
  const upTo = (first: number) => (first < 0 ? 0 : fan.readUInt32BE(HEADER_BYTES + 4 * first))
  const count = upTo(255)
  return {
    count,
    find(id) {
      const [low, high] = [upTo(id[0]! - 1), upTo(id[0]!)]
      if (low > high || high > count) throw unusual('the index of a pack counts backwards')
      const place = findId(file, id, { low, high })
      return place === null ? null : readOffset(file, { place, count, idBytes: id.length })
    },
  }
}

function findId(file: PlainFile, id: Buffer, { low, high }: { low: number; high: number }): number | null {
  const start = HEADER_BYTES + FAN_BYTES
  let [from, to] = [low, high]
  while (to - from > RUN) {
    const middle = Math.floor((from + to) / 2)
    if (file.read(start + middle * id.length, id.length).compare(id) > 0) to = middle
    else from = middle
  }
  const run = file.read(start + from * id.length, (to - from) * id.length)
  for (let at = 0; at < run.length; at += id.length)
    if (run.subarray(at, at + id.length).equals(id)) return from + at / id.length
  return null
}

function readOffset(file: PlainFile, at: Readonly<Record<'place' | 'count' | 'idBytes', number>>): number {
  const offsets = HEADER_BYTES + FAN_BYTES + at.count * (at.idBytes + 4) // ids, then a checksum for each
  const offset = file.read(offsets + at.place * 4, 4).readUInt32BE()
  if (offset < LARGE) return offset
  const large = file.read(offsets + at.count * 4 + (offset - LARGE) * 8, 8).readBigUInt64BE()
  if (large > BigInt(Number.MAX_SAFE_INTEGER)) throw unusual('the index of a pack points too far')
  return Number(large)
}
