import { SealwardError } from '../../../core/errors.ts'
import type { Look, Tally } from '../../world/scan/look.ts'
import type { ScanMark, ScanSource } from '../../world/scan/source.ts'
import type { Clock, Files, Teller } from '../../world.ts'
import { parseScanState, printScanState, type SeenLook } from './state.ts'

export interface ResumeRequest {
  /** Where it is kept how far a scan has come. */
  readonly file: string
  /** Stands for everything that decides what is found: another one, and old answers are worth nothing. */
  readonly rules: string
  /** So many milliseconds lie between two writings. */
  readonly every?: number
}

export interface JournalWorld {
  readonly files: Pick<Files, 'read' | 'write'>
  readonly clock: Clock
  readonly teller: Teller
}

/** What an interrupted scan saw, and what this one sees. */
export interface Journal {
  /** What was seen before; nothing where the scan begins anew. */
  readonly before: readonly SeenLook[]
  /** What is left to be looked at. */
  readonly rest: ScanSource
  /** Takes note. The file is written at the first mark and the last one, and between them when it is time to. */
  add(look: Look): Promise<void>
}

const EVERY_MS = 3000
const STATE_BYTES = 256 * 1024 * 1024

/**
 * Goes on from the file where it fits: same rules, and the history that was looked at is a part of the present one. Otherwise it begins
 * anew, and says why. A list that cannot be gone on with is left as it is.
 *
 * @throws SealwardError usage when the file is something else: it would be overwritten
 */
export async function openJournal(
  source: ScanSource,
  request: ResumeRequest | null,
  world: JournalWorld,
): Promise<Journal> {
  if (request === null || source.from === undefined) return { before: [], rest: source, add: async () => {} }
  const before = await readBefore(source, request, world)
  return { ...before, add: noting(before.before, request, world) }
}

type Before = Pick<Journal, 'before' | 'rest'>

async function readBefore(source: ScanSource, { file, rules }: ResumeRequest, world: JournalWorld): Promise<Before> {
  const anew = { before: [], rest: source }
  const bytes = await world.files.read(file, STATE_BYTES)
  if (bytes === null) return anew
  const state = parseScanState(bytes)
  if (state === null)
    throw new SealwardError('usage', 'is not what a scan has kept', { file, hint: 'name a file that is not there yet' })
  const sayAnew = (why: string) => {
    world.teller.note(`${why} since ${file} was written: the scan begins anew`)
    return anew
  }
  if (state.rules !== rules) return sayAnew('the rules or the settings have changed')
  const rest = await source.from!(state.cursor)
  if (rest === null) return sayAnew('history was rewritten')
  const count = state.looks.reduce((sum, look) => sum + (look.kind === 'tally' ? look.count : 0), 0)
  world.teller.note(`goes on from ${file}: ${count} ${source.what} were looked at before`)
  return { before: state.looks, rest }
}

function noting(before: readonly SeenLook[], { file, rules, every = EVERY_MS }: ResumeRequest, world: JournalWorld) {
  const seen: SeenLook[] = before.filter(({ kind }) => kind !== 'tally')
  let tally = before.filter((look) => look.kind === 'tally').reduce(sum, { kind: 'tally', count: 0, bytes: 0 })
  let last = Number.NEGATIVE_INFINITY

  async function write({ done, total, cursor }: ScanMark): Promise<void> {
    const now = world.clock.now().getTime()
    if (cursor === undefined || (done < total && now - last < every)) return
    last = now
    const text = printScanState({ rules, cursor, looks: [...seen, tally] })
    await world.files.write(file, Buffer.from(text), { mode: 0o600 })
  }

  return async (look: Look): Promise<void> => {
    if (look.kind === 'mark') await write(look)
    else if (look.kind === 'tally') tally = sum(tally, look)
    else seen.push(look)
  }
}

function sum(one: Tally, other: Tally): Tally {
  const packed = (one.packed ?? 0) + (other.packed ?? 0)
  return { kind: 'tally', count: one.count + other.count, bytes: one.bytes + other.bytes, packed }
}
