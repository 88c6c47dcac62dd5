import { SealwardError } from '../../../core/errors.ts'
import { bySequence, headsOf } from '../../../core/ledger/chain.ts'
import { type Entry, isEntry, MAX_PARENTS, makeEntry } from '../../../core/ledger/entry.ts'
import type { LedgerEvent } from '../../../core/ledger/event.ts'
import {
  LEDGER_BYTES,
  LEDGER_FILE,
  type LedgerLine,
  printLedger,
  readLedger,
} from '../../../core/ledger/ledger-file.ts'
import type { Actors } from '../../world/ledger.ts'
import type { Clock, Files } from '../../world.ts'

export interface AppendWorld {
  readonly files: Files
  readonly clock: Clock
  readonly actors: Actors
  /** The top of the repository, absolute. */
  readonly top: string
}

/** What becomes of the ledger when entries are added. */
export interface Continued {
  readonly lines: readonly string[]
  /** The last of them, which everything leads to. */
  readonly head: Entry | null
}

/** What git has to know of the ledger. */
export const ATTRIBUTES_FILE = '.sealward/.gitattributes'
/** Both branches keep their lines in a merge, and their line ends: entries name each other, so that the order of lines does not matter. */
export const ATTRIBUTES = 'ledger*.jsonl text eol=lf merge=union\n'
const ATTRIBUTES_BYTES = 64 * 1024

/**
 * Adds entries to the ledger and joins what merges of branches left open. The file is replaced in one step, under its lock.
 *
 * @param rewrite what else is done to the lines; it sees those that are there, once each
 * @throws SealwardError malformed for a ledger with a line that is no entry, or whose entries do not follow each other; locked, limit, io
 */
export async function appendEntries(
  events: readonly LedgerEvent[],
  { files, clock, actors, top }: AppendWorld,
): Promise<Continued> {
  await begin(top, files)
  return files.locked(`${top}/${LEDGER_FILE}`, async () => {
    const before = await readWhole(top, files)
    const after = continueLedger(before, events, { time: clock.now(), by: await actors.current() })
    if (after.lines.length !== before.length || after.lines.some((line, at) => line !== before[at]!.text))
      await writeLedger(after.lines, { files, top })
    return after
  })
}

/** @throws SealwardError malformed where a line is no entry */
export async function readWhole(top: string, files: Pick<Files, 'read'>): Promise<LedgerLine[]> {
  const lines = readLedger((await files.read(`${top}/${LEDGER_FILE}`, LEDGER_BYTES)) ?? new Uint8Array())
  const bad = lines.find(({ read }) => !isEntry(read))
  if (bad === undefined) return lines
  throw new SealwardError('malformed', `line ${bad.line} of the ledger is no entry, so that nothing can follow it`, {
    file: LEDGER_FILE,
    hint: 'nothing was done; sealward audit verify says what is wrong, git history has the file as it was',
  })
}

/** @throws SealwardError limit */
export async function writeLedger(lines: readonly string[], { files, top }: Pick<AppendWorld, 'files' | 'top'>) {
  const bytes = printLedger(lines)
  if (bytes.length > LEDGER_BYTES)
    throw new SealwardError('limit', `the ledger would be larger than ${LEDGER_BYTES} bytes`, {
      file: LEDGER_FILE,
      hint: 'move old entries away: sealward audit archive --before DATE',
    })
  await files.write(`${top}/${LEDGER_FILE}`, bytes, { exists: 'replace' })
}

/**
 * The lines with entries behind them. Several ends are joined first, by an entry of its own. A line that a merge left twice stays once, and
 * lines that stand before what they follow go behind it.
 *
 * @throws SealwardError limit past the ends that one entry can join
 */
export function continueLedger(
  before: readonly LedgerLine[],
  events: readonly LedgerEvent[],
  { time, by }: Pick<Parameters<typeof makeEntry>[0], 'time' | 'by'>,
): Continued {
  const lines = settle(before)
  const entries = lines.flatMap(({ read }) => (isEntry(read) ? [read] : []))
  const ends = headsOf(entries).sort((one, other) => (one.id < other.id ? -1 : 1))
  if (ends.length > MAX_PARENTS) throw new SealwardError('limit', `more than ${MAX_PARENTS} branches of the ledger`)
  let parents: readonly Entry[] = ends
  const texts = lines.map(({ text }) => text)
  const add = (event: LedgerEvent) => {
    const { entry, line } = makeEntry({ event, parents, time, by })
    parents = [entry]
    texts.push(line)
  }
  if (ends.length > 1) add({ kind: 'merged' })
  for (const event of events) add(event)
  return { lines: texts, head: parents[0] ?? null }
}

function settle(lines: readonly LedgerLine[]): readonly LedgerLine[] {
  const once = [...new Map(lines.map((line) => [line.text, line])).values()]
  const seen = new Set<string>()
  const stated = new Set(once.map(({ read }) => read.id))
  const isOrdered = once.every(({ read }) => {
    seen.add(read.id ?? '')
    return !isEntry(read) || read.parents.every((id) => seen.has(id) || !stated.has(id))
  })
  return isOrdered ? once : once.sort((one, other) => bySequence(one.read as Entry, other.read as Entry))
}

/** An empty file, so that there is something to lock, and what git has to know of it. */
async function begin(top: string, files: Files): Promise<void> {
  await create(`${top}/${LEDGER_FILE}`, '', files)
  if ((await files.read(`${top}/${ATTRIBUTES_FILE}`, ATTRIBUTES_BYTES)) === null)
    await create(`${top}/${ATTRIBUTES_FILE}`, ATTRIBUTES, files)
}

async function create(path: string, text: string, files: Files): Promise<void> {
  if ((await files.read(path, LEDGER_BYTES)) !== null) return
  await files.write(path, Buffer.from(text), { exists: 'refuse', folders: true }).catch((error: unknown) => {
    // Somebody else was quicker.
    if (!(error instanceof SealwardError) || error.code !== 'exists') throw error
  })
}
