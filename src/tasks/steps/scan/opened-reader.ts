import { archiveKind } from '../../../core/scan/archive-kind.ts'
import type { ArchiveEntry, Archives } from '../../world/scan/archive.ts'
import type { PlaceReader, ScanItem, Unread } from '../../world/scan/source.ts'

export interface Opening {
  readonly archives: Archives
  /** Reads more of a file than is read of a text: an archive is opened whole or not at all. */
  readonly whole: PlaceReader
}

/**
 * Answers for an archive with what is in it. Of one that cannot be opened, the packed bytes are the answer, as without this: what is stored
 * there unpacked is found all the same.
 */
export function openingArchives(reader: PlaceReader, opening: Opening): PlaceReader {
  return {
    async *read(places) {
      for await (const answer of reader.read(places)) {
        if (answer.kind === 'unread' || answer.place.link === true || archiveKind(answer.bytes) === null) yield answer
        else yield* open(answer, opening)
      }
    },
    close() {
      reader.close()
      opening.whole.close()
    },
  }
}

async function* open(packed: ScanItem, { archives, whole }: Opening): AsyncGenerator<ScanItem | Unread> {
  const archive = packed.bytes.length < packed.size ? await readWhole(packed, whole) : packed
  if (archive.bytes.length < archive.size)
    yield { kind: 'unread', path: archive.place.path, why: 'an archive that is too large to be opened' }
  else {
    let isOpen = false
    for await (const inside of archives.read(archive.bytes, archive.place.path)) {
      if (inside.kind === 'cut') yield { kind: 'unread', path: pathIn(archive, inside.path), why: inside.why }
      else yield itemOf(archive, inside)
      isOpen ||= inside.kind === 'entry'
    }
    if (isOpen) return
  }
  yield packed
}

async function readWhole(item: ScanItem, whole: PlaceReader): Promise<ScanItem> {
  for await (const answer of whole.read([item.place])) if (answer.kind === 'item') return answer
  return item
}

function itemOf({ place }: ScanItem, entry: ArchiveEntry): ScanItem {
  const { path, name, link, bytes, size } = entry
  return {
    kind: 'item',
    place: { ...place, path: `${place.path}!${path}`, ...(link === true ? { link } : {}) },
    bytes,
    size,
    archived: { archive: place, name },
  }
}

function pathIn({ place }: ScanItem, path: string): string {
  return path === '' ? place.path : `${place.path}!${path}`
}
