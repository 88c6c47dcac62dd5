import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { TEXT_BYTES } from '../../../core/scan/limits.ts'
import type { PlaceReader, ScanItem, Unread } from '../../../tasks/world/scan/source.ts'

/** The first line of a pointer file, by the specification of Git LFS; a pointer is shorter than 1024 bytes. */
const VERSION = 'version https://git-lfs.github.com/spec/v1\n'
const POINTER_BYTES = 1024
const OID = /^oid sha256:([0-9a-f]{64})$/m

/**
 * Looks behind the pointers of Git LFS: where the content is in this clone's own store it is given in place of the pointer, and where it is
 * not, that is said. Nothing is fetched.
 *
 * @param common the folder that all working trees of the repository share
 */
export function followLfs(reader: PlaceReader, common: string, maxBytes = TEXT_BYTES): PlaceReader {
  return {
    async *read(places) {
      for await (const answer of reader.read(places)) {
        const oid = answer.kind === 'item' ? pointerOf(answer) : null
        yield oid === null || answer.kind !== 'item'
          ? answer
          : readContent(answer, join(common, storePath(oid)), maxBytes)
      }
    },
    close: () => reader.close(),
  }
}

/** @returns the id of the content, null when the text is no pointer */
function pointerOf({ bytes, size }: ScanItem): string | null {
  if (size >= POINTER_BYTES || size < VERSION.length) return null
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  return text.startsWith(VERSION) ? (OID.exec(text)?.[1] ?? null) : null
}

function storePath(oid: string): string {
  return join('lfs', 'objects', oid.slice(0, 2), oid.slice(2, 4), oid)
}

function readContent({ place }: ScanItem, file: string, maxBytes: number): ScanItem | Unread {
  const status = statSync(file, { throwIfNoEntry: false })
  if (!status?.isFile())
    return { kind: 'unread', path: place.path, why: 'its content is in Git LFS and not in this clone' }
  const bytes = Buffer.allocUnsafe(Math.min(status.size, maxBytes))
  const handle = openSync(file, 'r')
  try {
    const length = readSync(handle, bytes, 0, bytes.length, 0)
    return { kind: 'item', place, bytes: bytes.subarray(0, length), size: status.size }
  } finally {
    closeSync(handle)
  }
}
