import { type ArchiveKind, archiveKind } from '../../core/scan/archive-kind.ts'
import type { ArchiveBounds, ArchiveCut, ArchiveEntry } from '../../tasks/world/scan/archive.ts'
import { ARCHIVE_BOUNDS, Budget } from './budget.ts'
import type { Collected } from './collect.ts'
import { unpackGzip } from './gzip.ts'
import type { Member, Refused } from './member.ts'
import { readTar } from './tar.ts'
import { readZip } from './zip.ts'

export interface ReadOptions {
  /** Of the archive: a gzip's file is called after it. */
  readonly name?: string
  readonly bounds?: ArchiveBounds
}

/** An archive in an archive in an archive is hardly one that people made by hand. A tar.gz counts as one. */
const MAX_DEPTH = 2
const OUTSIDE = /^(?:[/\\]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)/

/**
 * Reads the files of a zip, tar, tar.gz or gz, and those of archives in it. Whatever the bytes are it comes to an end, within the bounds,
 * and says what it did not read. Nothing is written anywhere.
 *
 * @param bytes are to stay as they are until the last entry: those of entries may be a part of them
 */
export async function* readArchive(
  bytes: Uint8Array,
  { name = '', bounds = ARCHIVE_BOUNDS }: ReadOptions = {},
): AsyncGenerator<ArchiveEntry | ArchiveCut> {
  const budget = new Budget(bounds, bytes.length)
  const kind = archiveKind(bytes)
  if (kind !== null) yield* open({ kind, bytes, name, prefix: '', depth: 1 }, budget)
  if (budget.spent !== null) yield { kind: 'cut', path: '', why: `an archive: ${budget.spent}: the rest is not read` }
}

interface Opened {
  readonly kind: ArchiveKind
  readonly bytes: Uint8Array
  readonly name: string
  /** Of the paths of its files: '', or `inner.zip!`. */
  readonly prefix: string
  readonly depth: number
}

async function* open(archive: Opened, budget: Budget): AsyncGenerator<ArchiveEntry | ArchiveCut> {
  for await (const member of membersOf(archive, budget)) {
    if (budget.spent !== null && member.kind === 'refused') continue
    const path = `${archive.prefix}${shownName(member.name)}`
    if (member.kind === 'refused') yield { kind: 'cut', path: path.replace(/!$/, ''), why: member.why }
    else yield* look(member, path, { archive, budget })
  }
}

/** Whoever takes a path apart is not to be led out of the archive. */
function shownName(name: string): string {
  return name.replace(/(?<=^|[/\\])\.\.(?=[/\\]|$)/g, '(..)')
}

function membersOf({ kind, bytes, name }: Opened, budget: Budget): AsyncIterable<Member | Refused> {
  if (kind === 'zip') return readZip(bytes, budget)
  if (kind === 'tar') return readTar(bytes, budget)
  if (kind === 'gzip') return openGzip(bytes, name, budget)
  return refuse(`an archive of a kind that is not opened (${kind})`)
}

async function* refuse(why: string): AsyncGenerator<Refused> {
  yield { kind: 'refused', name: '', why }
}

/** A gzip has one file, which has no name of its own. When it is a tar, its files are what was packed. */
async function* openGzip(bytes: Uint8Array, name: string, budget: Budget): AsyncGenerator<Member | Refused> {
  if (!budget.addEntry()) return
  const content = await unpackGzip(bytes, budget)
  if (archiveKind(content.bytes) !== 'tar') yield { kind: 'member', name: nameWithin(name), size: null, content }
  else {
    yield* readTar(content.bytes, budget)
    if (content.stopped !== null) yield { kind: 'refused', name: '', why: whyStopped(content.stopped) }
  }
}

function nameWithin(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1).replace(/\.gz$/i, '') || 'content'
}

interface Inside {
  readonly archive: Opened
  readonly budget: Budget
}

async function* look(
  member: Member,
  path: string,
  { archive, budget }: Inside,
): AsyncGenerator<ArchiveEntry | ArchiveCut> {
  const { name, link, content } = member
  const { bytes, stopped } = content
  if (OUTSIDE.test(name)) yield { kind: 'cut', path, why: 'its name leads out of the archive; it was looked at' }
  if (stopped === 'damaged') yield { kind: 'cut', path, why: whyStopped(stopped) }
  else if (stopped === null && member.size !== null && member.size !== bytes.length)
    yield { kind: 'cut', path, why: 'its size is not what the archive says' }
  const kind = link === true ? null : archiveKind(bytes)
  const { depth } = archive
  if (kind !== null && depth < MAX_DEPTH) {
    yield* open({ kind, bytes, name, prefix: `${path}!`, depth: depth + 1 }, budget)
    if (stopped === 'bound') yield { kind: 'cut', path, why: whyStopped(stopped) }
    return
  }
  if (kind !== null) yield { kind: 'cut', path, why: `more than ${MAX_DEPTH} archives deep` }
  yield { kind: 'entry', path, name, ...(link === true ? { link } : {}), bytes, size: sizeOf(member) }
}

function whyStopped(stopped: NonNullable<Collected['stopped']>): string {
  return stopped === 'damaged' ? 'it is damaged, and read as far as it goes' : 'it is too large to be unpacked whole'
}

/** More than was read where more was there, whatever the archive says. */
function sizeOf({ size, content: { bytes, stopped } }: Member): number {
  return stopped === 'bound' ? Math.max(size ?? 0, bytes.length + 1) : bytes.length
}
