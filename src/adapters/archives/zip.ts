import { createInflateRaw } from 'node:zlib'
import { type Entry, fromBufferPromise, getFileNameLowLevel, type ZipFile } from 'yauzl'
import type { Budget } from './budget.ts'
import { collect } from './collect.ts'
import type { Member, Refused } from './member.ts'

const [STORED, DEFLATED] = [0, 8]
const CHUNK_BYTES = 64 * 1024
/** The upper half of the attributes is the mode, where a Unix wrote the archive (APPNOTE 4.4.15). */
const MODE_SHIFT = 16
const [TYPE_MASK, LINK_TYPE] = [0xf000, 0xa000]

interface Placed {
  readonly entry: Entry
  readonly name: string
  /** Where its data begins; null when its local header is none. */
  readonly start: number | null
}

/**
 * Reads the files of a zip, in the order of their data. The directory is read whole first: files whose data overlap are how a small
 * archive unpacks to petabytes.
 */
export async function* readZip(bytes: Uint8Array, budget: Budget): AsyncGenerator<Member | Refused> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const { placed, damaged } = await readDirectory(buffer, budget)
  if (damaged) yield { kind: 'refused', name: '', why: 'a zip that is damaged or cut off' }
  let end = 0
  for (const { entry, name, start } of placed) {
    if (budget.spent !== null) return
    if (start !== null && start < end) {
      yield { kind: 'refused', name: '', why: 'a zip whose files overlap, as those of a bomb do: the rest is not read' }
      return
    }
    if (start !== null) end = start + entry.compressedSize
    const why = whyNot(entry, start)
    if (why !== null) yield { kind: 'refused', name, why }
    else if (start !== null && !name.endsWith('/'))
      yield {
        kind: 'member',
        name,
        ...linkOf(entry),
        size: entry.uncompressedSize,
        content: await unpack(start, entry),
      }
  }

  function unpack(start: number, { compressedSize, compressionMethod }: Entry) {
    const packed = buffer.subarray(start, start + compressedSize)
    if (compressionMethod === STORED) return collect([packed], budget)
    const stream = createInflateRaw({ chunkSize: CHUNK_BYTES })
    stream.end(packed)
    return collect(stream, budget)
  }
}

async function readDirectory(buffer: Buffer, budget: Budget): Promise<{ placed: Placed[]; damaged: boolean }> {
  const placed: Placed[] = []
  let damaged = false
  try {
    // Names are not checked there: a name is printed here, and no file is made.
    const zip = await fromBufferPromise(buffer, { lazyEntries: true, decodeStrings: false, validateEntrySizes: false })
    for await (const entry of zip.eachEntry()) {
      if (!budget.addEntry()) break
      placed.push({ entry, name: nameOf(entry), start: await startOf(zip, entry) })
    }
  } catch {
    damaged = true
  }
  return { placed: placed.sort((one, other) => (one.start ?? -1) - (other.start ?? -1)), damaged }
}

async function startOf(zip: ZipFile, entry: Entry): Promise<number | null> {
  return zip.readLocalFileHeaderPromise(entry, { minimal: true }).then(
    ({ fileDataStart }) => fileDataStart,
    () => null,
  )
}

function nameOf({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
  return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true)
}

function whyNot(entry: Entry, start: number | null): string | null {
  if (start === null) return 'is not where the archive says'
  if (entry.isEncrypted()) return 'is encrypted'
  const { compressionMethod: method } = entry
  return method === STORED || method === DEFLATED ? null : `is packed by a method that is not read (${method})`
}

function linkOf({ externalFileAttributes }: Entry): { link?: true } {
  return ((externalFileAttributes >>> MODE_SHIFT) & TYPE_MASK) === LINK_TYPE ? { link: true } : {}
}
