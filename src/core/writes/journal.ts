import * as v from 'valibot'
import { SealwardError } from '../errors.ts'
import { parseJson } from '../json.ts'

/** One file of several that change together. */
export interface FileWrite {
  /** From the top of the repository, with '/' separators. */
  readonly path: string
  /** What the file is now; null for one that is new. */
  readonly before: Uint8Array | null
  readonly after: Uint8Array
}

/** What becomes of a journal that a crash left. */
export interface Settlement {
  readonly way: 'finished' | 'taken back'
  readonly writes: readonly { readonly path: string; readonly bytes: Uint8Array }[]
  /** Files that are neither what they were nor what they were to become: they stay as they are. */
  readonly strangers: readonly string[]
}

/** Room for 500 files of the usual size many times over; a file of the largest size takes 22 MiB of it. */
export const JOURNAL_BYTES = 256 * 1024 * 1024

const base64 = v.pipe(v.string(), v.base64())
const Journal = v.strictObject({
  v: v.literal(1),
  writes: v.array(
    v.strictObject({ path: v.pipe(v.string(), v.check(isInside)), before: v.nullable(base64), after: base64 }),
  ),
})

/** @throws SealwardError limit for more than can be read back */
export function printJournal(writes: readonly FileWrite[]): Uint8Array {
  const entries = writes.map(({ path, before, after }) => ({
    path,
    before: before === null ? null : encode(before),
    after: encode(after),
  }))
  const bytes = Buffer.from(`${JSON.stringify({ v: 1, writes: entries })}\n`)
  if (bytes.length > JOURNAL_BYTES) throw new SealwardError('limit', 'the files are too large to be changed together')
  return bytes
}

/**
 * @param bytes as they stand on disk; nothing, or an empty file, where everything is settled
 * @throws SealwardError malformed for what is no journal, or names a file outside of the repository
 */
export function readJournal(bytes: Uint8Array | null): readonly FileWrite[] {
  if (bytes === null || bytes.length === 0) return []
  const read = v.safeParse(Journal, parseJson(bytes))
  if (!read.success)
    throw new SealwardError('malformed', 'the journal of an interrupted change cannot be read', {
      hint: 'every encrypted file is whole: compare them with git, then delete this file',
    })
  return read.output.writes.map(({ path, before, after }) => ({
    path,
    before: before === null ? null : Buffer.from(before, 'base64'),
    after: Buffer.from(after, 'base64'),
  }))
}

/**
 * Says how all files come to be as they were, or all as they were to become. Forward, as long as nobody has changed one of them since:
 * then going on would mix what belongs together with what somebody wrote later, and the others are taken back.
 *
 * @param found what is there now, in the order of the journal
 */
export function settle(writes: readonly FileWrite[], found: readonly (Uint8Array | null)[]): Settlement {
  const states = writes.map((write, index) => ({ write, state: stateOf(write, found[index] ?? null) }))
  const of = (wanted: State) => states.flatMap(({ write, state }) => (state === wanted ? [write] : []))
  const strangers = of('other').map(({ path }) => path)
  if (strangers.length === 0)
    return { way: 'finished', strangers, writes: of('before').map(({ path, after }) => ({ path, bytes: after })) }
  const back = of('after').flatMap(({ path, before }) => (before === null ? [] : [{ path, bytes: before }]))
  return { way: 'taken back', strangers, writes: back }
}

type State = 'before' | 'after' | 'other'

function stateOf({ before, after }: FileWrite, found: Uint8Array | null): State {
  if (sameBytes(found, after)) return 'after'
  return sameBytes(found, before) ? 'before' : 'other'
}

/** Whether two files are the same; null is a file that is not there. */
export function sameBytes(one: Uint8Array | null, other: Uint8Array | null): boolean {
  return one === null || other === null ? one === other : Buffer.compare(one, other) === 0
}

function isInside(path: string): boolean {
  const [first, ...rest] = path.split('/')
  const parts = [first, ...rest]
  return (
    first !== '.git' && !/[\0\\:]/.test(path) && !parts.some((part) => part === '' || part === '.' || part === '..')
  )
}

function encode(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}
