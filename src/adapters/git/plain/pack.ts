import { type Budget, MAX_DELTAS, unusual } from './bounds.ts'
import { applyDelta } from './delta.ts'
import { inflate, readPacked } from './inflate.ts'
import type { FoundObject } from './loose.ts'
import { ENTRY_HEADER_BYTES, parseEntryHeader } from './pack-entry.ts'
import { openPackIndex, type PackIndex } from './pack-index.ts'
import { openPlainFile, type PlainFile } from './plain-file.ts'

/** Many objects in one file. */
export interface Pack {
  /**
   * @param id as bytes, 20 or 32
   * @returns null when the pack does not have it
   * @throws SealwardError git, or what the system or zlib says, when the pack is not as git writes it
   */
  read(id: Buffer): FoundObject | null
  close(): void
}

/** An object as the pack has it: whole, or as what is to be done to another one. */
type Entry = FoundObject | { readonly type: 'delta'; readonly base: number; readonly content: Uint8Array }

const MAGIC = 0x5041434b // PACK
const HEADER_BYTES = 12

/**
 * Opens a pack for reading in small pieces: https://git-scm.com/docs/pack-format.
 *
 * @param stem its path without `.idx`
 * @throws SealwardError git when its index is missing, or not as git writes it
 */
export function openPack(stem: string, budget: Budget): Pack {
  const files: PlainFile[] = []
  const open = (ending: string) => {
    const file = openPlainFile(`${stem}${ending}`, budget)
    if (file === null) throw unusual('a pack lacks one of its files')
    files.push(file)
    return file
  }
  const close = () => {
    for (const file of files.splice(0)) file.close()
  }
  try {
    const index = openPackIndex(open('.idx'))
    let file: PlainFile | null = null
    return {
      close,
      read(id) {
        const start = index.find(id)
        if (start === null) return null
        file ??= checked(open('.pack'), index.count)
        return readChain({ file, index, idBytes: id.length, budget }, start)
      },
    }
  } catch (error) {
    close()
    throw error
  }
}

interface Place {
  readonly file: PlainFile
  readonly index: PackIndex
  readonly idBytes: number
  readonly budget: Budget
}

function checked(file: PlainFile, count: number): PlainFile {
  const header = file.read(0, HEADER_BYTES)
  const version = header.readUInt32BE(4)
  if (header.readUInt32BE(0) !== MAGIC || (version !== 2 && version !== 3) || header.readUInt32BE(8) !== count)
    throw unusual('a pack has another header than its index knows')
  return file
}

/** From delta to base to the base of that, and back. A chain that bites its tail is too long as well. */
function readChain(place: Place, start: number): FoundObject {
  const deltas: Uint8Array[] = []
  let entry = readEntry(place, start)
  for (; entry.type === 'delta'; entry = readEntry(place, entry.base)) {
    if (deltas.length === MAX_DELTAS) throw unusual('a chain of deltas is too long')
    deltas.push(entry.content)
  }
  const { type, content } = entry
  return { type, content: deltas.reduceRight((base, delta) => applyDelta(base, delta, place.budget), content) }
}

function readEntry({ file, index, idBytes, budget }: Place, start: number): Entry {
  const end = file.size - idBytes // where the checksum of the pack begins
  if (start < HEADER_BYTES || start >= end) throw unusual('an object lies outside its pack')
  const header = parseEntryHeader(file.read(start, Math.min(ENTRY_HEADER_BYTES, end - start)), idBytes)
  const { size } = header
  budget.spend(size)
  const content = inflate(readPacked(file, { start: start + header.length, end, size }), size)
  if (content.length !== size) throw unusual('an object of a pack has another length than it says')
  if (header.kind === 'whole') return { type: header.type, content }
  const base = header.kind === 'delta-by-id' ? index.find(header.id) : start - header.distance
  if (base === null) throw unusual('the base of a delta is in another pack')
  return { type: 'delta', base, content }
}
