import { SealwardError } from '../../core/errors.ts'
import { parseSettled } from '../../core/merge/conflict-text.ts'
import type { ThreeWay } from '../../core/merge/three-way.ts'
import { recordMerge } from '../steps/ledger/record.ts'
import { type MergeWorld, mergeVersions } from '../steps/merge/merge.ts'
import { openSides } from '../steps/merge/sides.ts'
import { writeMerged } from '../steps/merge/write.ts'
import { tellOfVoidSignature } from '../steps/trust/void-signature.ts'
import type { Index, StoredFiles, Unsettled } from '../world/git/repository.ts'
import type { Ledger } from '../world/ledger.ts'
import type { Files } from '../world.ts'

/** A file with a conflict in git's index, by its name from the top and as this process finds it. */
export interface ConflictedFile {
  readonly path: string
  readonly file: string
}

export interface SettleWorld extends MergeWorld {
  readonly files: Files
  readonly stored: StoredFiles
  readonly unsettled: Unsettled
  readonly index: Pick<Index, 'add'>
  /** Absent where nobody keeps one. */
  readonly ledger?: Ledger
}

export type SettleOutcome =
  /** The file is written and staged. */
  | { readonly kind: 'settled' }
  | { readonly kind: 'conflict'; readonly names: readonly string[]; readonly place: string }

/**
 * Merges a file that git left with a conflict, from the versions in the index: whoever had no driver, or no key, does it later.
 *
 * @throws SealwardError not-found where there is no conflict; exists where somebody began to settle it; whatever is in the way of merging
 */
export async function merge(conflicted: ConflictedFile, world: SettleWorld): Promise<SettleOutcome> {
  const { path, file } = conflicted
  const versions = await versionsOf(path, world.stored)
  const outcome = await mergeVersions({ versions, path: file, ancestor: false, attended: true }, world)
  if (outcome.kind === 'cannot') throw outcome.error
  if (outcome.kind === 'conflict') {
    await refuseToLose(outcome.text, conflicted, world)
    return { kind: 'conflict', names: outcome.names, place: await world.unsettled.keep(path, outcome.text) }
  }
  await settle(conflicted, { versions, bytes: outcome.bytes }, world)
  return { kind: 'settled' }
}

/** What somebody did by hand would be gone. */
async function refuseToLose(text: string, { path, file }: ConflictedFile, { unsettled }: SettleWorld): Promise<void> {
  const waiting = await unsettled.find(path)
  if (waiting === null || waiting.text === text) return
  throw new SealwardError('exists', 'a plaintext of it that was edited is there already', {
    file,
    hint: '`sealward merge --continue FILE` takes it; `sealward merge --abort FILE` removes it, to begin anew',
  })
}

/**
 * Encrypts what a person made of the conflicts, stages it, and takes the plaintext away.
 *
 * @throws SealwardError not-found where nothing waits to be settled, dotenv-syntax while a marker is left; whatever encrypting throws
 */
export async function continueMerge(conflicted: ConflictedFile, world: SettleWorld): Promise<void> {
  const { path, file } = conflicted
  const versions = await versionsOf(path, world.stored)
  const waiting = await world.unsettled.find(path)
  if (waiting === null)
    throw new SealwardError('not-found', 'no merged plaintext waits for this file', {
      file: path,
      hint: '`sealward merge FILE` merges it again, and says where the plaintext is',
    })
  const document = parseSettled(waiting.text, waiting.place)
  const sides = await openSides(versions, file, world)
  const bytes = await writeMerged(sides, document, { ...world, path: file, attended: true })
  await settle(conflicted, { versions, bytes }, world)
}

interface Merged {
  readonly versions: ThreeWay<Uint8Array>
  readonly bytes: Uint8Array
}

/** The entry is staged with the file: they belong into one commit, which is that of the merge. */
async function settle({ path, file }: ConflictedFile, merged: Merged, world: SettleWorld): Promise<void> {
  const { ours, theirs } = merged.versions
  const written = await world.files.locked(file, async () => {
    const kept = await recordMerge({ file, sides: [ours, theirs], after: merged.bytes }, world.ledger)
    await world.files.write(file, merged.bytes, { exists: 'replace' })
    return kept
  })
  for (const staged of [path, ...written]) await world.index.add(staged)
  await world.unsettled.drop(path)
  await tellOfVoidSignature(file, world)
}

async function versionsOf(path: string, stored: StoredFiles): Promise<ThreeWay<Uint8Array>> {
  const found = await stored.conflicted(path)
  if (found === null) throw new SealwardError('not-found', 'git has no conflict in this file', { file: path })
  const { base, ours, theirs } = found
  if (ours === null || theirs === null)
    throw new SealwardError('unsupported', 'one side removed the file, so there is nothing to merge', {
      file: path,
      hint: '`git rm FILE` removes it; `git add FILE` keeps what is on disk',
    })
  return { base: base ?? new Uint8Array(), ours, theirs }
}
