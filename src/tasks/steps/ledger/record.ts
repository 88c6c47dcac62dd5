import type { Changes } from '../../../core/envelope/changes.ts'
import { parseEncryptedFile } from '../../../core/envelope/file.ts'
import type { LedgerEvent } from '../../../core/ledger/event.ts'
import type { Ledger } from '../../world/ledger.ts'

/** One encrypted file that is about to be written. */
export interface FileChange {
  readonly file: string
  /** Null for a file that is new. */
  readonly before: Uint8Array | null
  readonly after: Uint8Array
  readonly changes: Changes
  /** What a change of values alone is called; `values-changed` without it. */
  readonly as?: 'values-changed' | 'value-restored'
}

/**
 * Writes down that a file changes, and what of it: that it is new, for whom it is, or its values.
 *
 * @param ledger absent where nobody keeps one
 * @throws SealwardError as `Ledger` does
 */
export async function recordChange(change: FileChange, ledger: Ledger | undefined): Promise<void> {
  if (ledger === undefined) return
  await ledger.append(await eventOf(change))
}

/** An encrypted file that is about to be made of two sides. */
export interface FileMerge {
  readonly file: string
  readonly sides: readonly Uint8Array[]
  readonly after: Uint8Array
}

/**
 * Writes down that a file becomes what a merge made of it: from each side, so that the entries of both lead to it.
 *
 * @returns what belongs into the commit with the file
 * @throws SealwardError as `Ledger` does
 */
export async function recordMerge(
  { file, sides, after }: FileMerge,
  ledger: Ledger | undefined,
): Promise<readonly string[]> {
  if (ledger === undefined) return []
  const { digestOf } = await import('../../../core/ledger/marks.ts')
  const marks = [...new Set(sides.map(digestOf))].map((before) => ({ path: file, before, after: digestOf(after) }))
  return ledger.append({ kind: 'merged', files: marks })
}

/** What is needed to say it is loaded by those who keep a ledger. */
async function eventOf({ file, before, after, changes, as = 'values-changed' }: FileChange): Promise<LedgerEvent> {
  const { digestOf, fingerprintOf } = await import('../../../core/ledger/marks.ts')
  const [old, fresh] = [before === null ? [] : recipientsOf(before), recipientsOf(after)]
  const added = fresh.filter((recipient) => !old.includes(recipient)).map(fingerprintOf)
  const removed = old.filter((recipient) => !fresh.includes(recipient)).map(fingerprintOf)
  const names = [...changes.added, ...changes.changed, ...changes.removed]
  const said = names.length === 0 ? {} : { names }
  const mark = { path: file, after: digestOf(after) }
  if (before === null) return { kind: 'file-created', files: [mark], added, ...said }
  const files = [{ ...mark, before: digestOf(before) }]
  if (added.length + removed.length === 0) return { kind: as, files, ...said }
  return { kind: 'recipients-changed', files, added, removed, ...said }
}

function recipientsOf(bytes: Uint8Array): string[] {
  const { wrappedKeys } = parseEncryptedFile(bytes, { anyName: true }).metadata
  return [...new Set(wrappedKeys.map(({ recipient }) => recipient))]
}
