import type { Budget } from './budget.ts'
import { collect } from './collect.ts'
import type { Member, Refused } from './member.ts'
import { BLOCK, readPax, readTarHeader, type TarHeader, text } from './tar-header.ts'

/** Folders, and other names of files that are in the archive too. */
const NOTHING_TO_READ = new Set(['1', '5'])
/** The same: a regular file, as it is written today, long ago, and for contiguous storage. */
const FILE = new Set(['0', '\0', '7'])
const LINK = '2'
/** Names of megabytes have been used against readers of tar. */
const MAX_NAME = 1024 * 1024

/** What headers of their own say of the file behind them: names for which a header has no room, and sizes. */
type Extension = Partial<Pick<TarHeader, 'name' | 'size' | 'linkName'>>

/** Reads the files of a tar, in their order: ustar, pax and GNU. One that is cut off is read as far as it goes. */
export async function* readTar(bytes: Uint8Array, budget: Budget): AsyncGenerator<Member | Refused> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  let extension: Extension = {}
  for (let at = 0; at < buffer.length && buffer[at] !== 0; ) {
    const header = readTarHeader(buffer.subarray(at, at + BLOCK))
    if (header === null) {
      yield { kind: 'refused', name: '', why: 'a tar that is damaged or cut off: the rest is not read' }
      return
    }
    if (!budget.addEntry()) return
    const file = { ...header, ...extension }
    const start = at + BLOCK
    at = start + Math.ceil(file.size / BLOCK) * BLOCK
    const content = buffer.subarray(start, start + file.size)
    const next = readExtension(header, content)
    extension = next === null ? {} : { ...extension, ...next }
    if (next === null) yield* read(file, content, budget)
    if (budget.spent !== null) return
  }
}

/** @returns null when it is a file that stands for itself */
function readExtension({ type }: TarHeader, content: Buffer): Extension | null {
  const known = content.subarray(0, MAX_NAME)
  if (type === 'g') return {}
  if (type === 'L') return { name: text(known) }
  if (type === 'K') return { linkName: text(known) }
  if (type !== 'x') return null
  const pax = readPax(known)
  const [name, linkName, size] = [pax.get('path'), pax.get('linkpath'), Number(pax.get('size') ?? Number.NaN)]
  return {
    ...(name === undefined ? {} : { name }),
    ...(linkName === undefined ? {} : { linkName }),
    ...(Number.isSafeInteger(size) && size >= 0 ? { size } : {}),
  }
}

async function* read(
  { name, type, size, linkName }: TarHeader,
  content: Buffer,
  budget: Budget,
): AsyncGenerator<Member | Refused> {
  if (type === LINK) {
    const bytes = Buffer.from(linkName)
    yield { kind: 'member', name, link: true, size: bytes.length, content: { bytes, stopped: null } }
  } else if (FILE.has(type)) {
    if (!name.endsWith('/')) yield { kind: 'member', name, size, content: await collect([content], budget) }
  } else if (!NOTHING_TO_READ.has(type))
    yield { kind: 'refused', name, why: 'no file: a device, a pipe, or of a kind that is not read' }
}
