import { SealwardError } from '../../../core/errors.ts'
import { amount } from '../../../core/report/amount.ts'
import {
  type FileWrite,
  JOURNAL_BYTES,
  printJournal,
  readJournal,
  type Settlement,
  sameBytes,
  settle,
} from '../../../core/writes/journal.ts'
import type { Files, Teller } from '../../world.ts'
import { JOURNAL_FILE } from './settling-files.ts'

/** All of these files change or none does, whenever the process ends. */
export interface WriteAllWorld {
  readonly files: Files
  readonly teller: Teller
  /** The top of the repository, absolute. */
  readonly top: string
  /**
   * Where the journal is, absolute: in the git folder. What is in the working tree can come with a clone, and a journal is carried out by
   * whoever finds it.
   */
  readonly folder: string
}

const NOTHING = new Uint8Array()
const PRIVATE = 0o600

/**
 * Writes a journal with all new contents, then the files, then empties the journal. They are ciphertext, or configuration, and safe to keep.
 * A crash before the journal leaves everything as it was; one after it is made good by `settleWrites`. The files are locked all the while.
 *
 * @param changes whose paths are from the top of the repository
 * @param record called when nothing can be refused any more and nothing is written yet: the place for the ledger's entry
 * @throws SealwardError locked when a file is not what `before` says, or is being written; io, limit. Then nothing has changed
 */
export async function writeAll(
  changes: readonly FileWrite[],
  world: WriteAllWorld,
  record: () => Promise<unknown> = async () => undefined,
): Promise<void> {
  const writes = changes.filter(({ before, after }) => !sameBytes(before, after))
  await settleWrites(world)
  if (writes.length === 0) return
  await begin(world)
  const journal = journalIn(world)
  const paths = [journal, ...lockable(writes, world)]
  await lockedAll(paths, world.files, async () => {
    const open = await readOpen(world)
    if (open.length > 0) throw new SealwardError('locked', 'another change was interrupted just now: run this again')
    await refuseStale(writes, world)
    await record()
    await world.files.write(journal, printJournal(writes), { exists: 'replace', mode: PRIVATE })
    await carryOut(writes, world)
  })
}

/**
 * Finishes or takes back what an interrupted `writeAll` left, and says so.
 *
 * @returns null when there was nothing
 * @throws SealwardError malformed for a journal that cannot be read, locked, io
 */
export async function settleWrites(world: WriteAllWorld): Promise<Settlement['way'] | null> {
  if ((await readOpen(world)).length === 0) return null
  return world.files.locked(journalIn(world), async () => {
    const writes = await readOpen(world)
    if (writes.length === 0) return null
    const paths = lockable(writes, world)
    return lockedAll(paths, world.files, () => settleOpen(writes, world))
  })
}

async function settleOpen(writes: readonly FileWrite[], world: WriteAllWorld): Promise<Settlement['way']> {
  const found = await Promise.all(writes.map(({ path }) => readFile(path, world)))
  const { way, writes: due, strangers } = settle(writes, found)
  for (const { path, bytes } of due) await world.files.write(`${world.top}/${path}`, bytes, { folders: true })
  await empty(world)
  const files = amount(writes.length, 'file')
  world.teller.warn(`an interrupted change of ${files} was ${way}`)
  for (const path of strangers) world.teller.warn(`${path} has been changed since, and stays as it is`)
  return way
}

/** An error on the way, such as a full disk, is undone at once. Where that fails too, the journal stays for the next command. */
async function carryOut(writes: readonly FileWrite[], world: WriteAllWorld): Promise<void> {
  const done: FileWrite[] = []
  try {
    for (const write of writes) {
      const how =
        write.before === null ? ({ exists: 'refuse', folders: true } as const) : { exists: 'replace' as const }
      await world.files.write(`${world.top}/${write.path}`, write.after, how)
      done.push(write)
    }
  } catch (error) {
    for (const { path, before } of done)
      if (before !== null) await world.files.write(`${world.top}/${path}`, before, { exists: 'replace' })
    await empty(world)
    throw error
  }
  await empty(world)
}

async function refuseStale(writes: readonly FileWrite[], world: WriteAllWorld): Promise<void> {
  for (const { path, before } of writes)
    if (!sameBytes(await readFile(path, world), before))
      throw new SealwardError('locked', 'was changed by somebody else meanwhile', {
        file: path,
        hint: 'nothing was done: run the command again',
      })
}

/** A file that is new needs no lock, and its folder may not be there to hold one: whoever else makes it is refused. */
function lockable(writes: readonly FileWrite[], { top }: WriteAllWorld): string[] {
  return writes.flatMap(({ path, before }) => (before === null ? [] : [`${top}/${path}`])).toSorted()
}

/** One after the other in the order of their names, so that two commands never wait for each other. */
function lockedAll<T>(paths: readonly string[], files: Files, work: () => Promise<T>): Promise<T> {
  const [first, ...rest] = paths
  return first === undefined ? work() : files.locked(first, () => lockedAll(rest, files, work))
}

function readFile(path: string, { files, top }: WriteAllWorld): Promise<Uint8Array | null> {
  return files.read(`${top}/${path}`, JOURNAL_BYTES)
}

async function readOpen(world: WriteAllWorld): Promise<readonly FileWrite[]> {
  try {
    return readJournal(await world.files.read(journalIn(world), JOURNAL_BYTES))
  } catch (error) {
    throw error instanceof SealwardError ? error.in(journalIn(world)) : error
  }
}

/** An empty journal says that nothing is open. It is there to be locked. */
async function begin(world: WriteAllWorld): Promise<void> {
  if ((await world.files.read(journalIn(world), JOURNAL_BYTES)) !== null) return
  const how = { exists: 'refuse', folders: true, mode: PRIVATE } as const
  await world.files.write(journalIn(world), NOTHING, how).catch((error: unknown) => {
    // Somebody else was quicker.
    if (!(error instanceof SealwardError) || error.code !== 'exists') throw error
  })
}

function empty(world: WriteAllWorld): Promise<void> {
  return world.files.write(journalIn(world), NOTHING, { exists: 'replace', mode: PRIVATE })
}

function journalIn({ folder }: WriteAllWorld): string {
  return `${folder}/${JOURNAL_FILE}`
}
