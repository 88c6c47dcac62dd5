import { SealwardError } from '../../../../core/errors.ts'
import { TEXT_BYTES } from '../../../../core/scan/limits.ts'
import type { PlaceReader, ScanItem, ScanPlace, Unread } from '../../../../tasks/world/scan/source.ts'
import type { GitChild } from '../../child.ts'
import { type ByteReader, readBytes } from '../../objects/byte-reader.ts'
import { askGit, unexpected } from './git.ts'

/** With more than this left of an object, a new git process is cheaper than reading to its end. */
const SKIP_BYTES = 16 * 1024 * 1024
/** Questions that are put before the first answer is read. What the pipe does not take, node holds: git may wait for us to read. */
const BATCH = 1024
const HEADER = /^(?:[0-9a-f]{40}|[0-9a-f]{64}) (blob|tree|commit|tag) (\d{1,15})$/
const HEADER_END = Buffer.from('\n\n')

interface Session {
  readonly git: GitChild
  readonly output: ByteReader
}

/**
 * Reads what the ids of places name, by one `git cat-file --batch` that lives until `close`. Of a commit or a tag it gives the message.
 * Memory holds the first `maxBytes` of one object.
 */
export function openObjectReader(maxBytes = TEXT_BYTES): PlaceReader {
  let session: Session | null = null

  function stop(): void {
    session?.git.stop()
    session = null
  }

  /** @returns the places that are left when the process had to go */
  async function* readSome(places: readonly ScanPlace[]): AsyncGenerator<ScanItem | Unread, readonly ScanPlace[]> {
    session ??= start()
    const { git, output } = session
    git.stdin.write(`${places.map(({ id }) => id).join('\n')}\n`)
    let settled = 0
    try {
      for (const place of places) {
        const { answer, left } = await readAnswer(place, session, maxBytes)
        const rested = left !== null && left <= SKIP_BYTES
        settled += 1
        yield answer
        if (!rested) return places.slice(settled)
        await output.skip(left)
      }
      settled += 1
      return []
    } finally {
      if (settled <= places.length) stop()
    }
  }

  return {
    async *read(places) {
      for await (const batch of inBatches(places)) {
        let left: readonly ScanPlace[] = batch
        while (left.length > 0) left = yield* readSome(left)
      }
    },
    close: stop,
  }
}

function start(): Session {
  const git = askGit(['cat-file', '--batch'])
  return { git, output: readBytes(git.stdout as AsyncIterable<Buffer>) }
}

/** `<id> <type> <size>`, then the content and LF; or `<id> missing`. `left` is null when git has ended. */
async function readAnswer(place: ScanPlace, { git, output }: Session, maxBytes: number) {
  const header = (await output.line())?.toString('latin1')
  if (header === undefined) return { answer: await explainEnd(place, git), left: null }
  if (header.endsWith(' missing')) return { answer: missing(place), left: 0 }
  const [, type, digits] = HEADER.exec(header) ?? []
  const size = Number(digits ?? Number.NaN)
  if (type === undefined || type === 'tree') throw unexpected(['cat-file'])
  const wanted = Math.min(size, maxBytes)
  const bytes = await output.take(wanted)
  if (bytes.length < wanted) throw new SealwardError('git', 'git ended in the middle of an object')
  const from = type === 'blob' ? 0 : messageStart(bytes)
  const answer: ScanItem = { kind: 'item', place, bytes: bytes.subarray(from), size: size - from }
  return { answer, left: size - wanted + '\n'.length }
}

/** A message begins behind the first empty line. A signature in the header has none: its lines begin with a space. */
function messageStart(object: Buffer): number {
  const end = object.indexOf(HEADER_END)
  return end < 0 ? object.length : end + HEADER_END.length
}

/** git ends when it is not given what a partial clone was promised. Everything else that ends it is an error. */
async function explainEnd(place: ScanPlace, git: GitChild): Promise<Unread> {
  const error = await git.done().catch((reason: unknown) => reason)
  if (error instanceof SealwardError && /lazy fetching|could not fetch/.test(error.hint ?? '')) return missing(place)
  throw error ?? new SealwardError('git', 'git ended before it had answered')
}

function missing({ path }: ScanPlace): Unread {
  return { kind: 'unread', path, why: 'its content is not in this clone' }
}

async function* inBatches(places: Iterable<ScanPlace> | AsyncIterable<ScanPlace>): AsyncGenerator<ScanPlace[]> {
  let batch: ScanPlace[] = []
  for await (const place of places) {
    batch.push(place)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
