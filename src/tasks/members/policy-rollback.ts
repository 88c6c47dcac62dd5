import { SealwardError } from '../../core/errors.ts'
import { namedFor } from '../../core/members/target.ts'
import { type AccessChange, compareAccess } from '../../core/policy/people/compare.ts'
import { sameBytes } from '../../core/writes/journal.ts'
import { carryOut } from '../steps/members/carry-out.ts'
import { toDoWrites, whatTheyRead } from '../steps/members/left-behind.ts'
import { policyAt } from '../steps/members/policy-at.ts'
import { findPolicy, findPolicyFiles } from '../steps/members/policy-files.ts'
import { recipientsChanged, type SyncOutcome } from '../steps/members/recipients-changed.ts'
import type { MembersRequest, MembersWorld } from '../steps/members/request.ts'
import { rewrapFiles } from '../steps/members/rewrap-files.ts'
import { whoLoses } from '../steps/members/who-loses.ts'
import { settleWrites } from '../steps/writes/write-all.ts'
import type { StoredFiles } from '../world/git/repository.ts'

export type RollbackWorld = MembersWorld & { readonly stored: Pick<StoredFiles, 'at'> }

/** @property access who gains and who loses what: somebody who left may be in an older sealward.yml */
export type RollbackOutcome = SyncOutcome & { readonly access: readonly AccessChange[] }

/**
 * Puts the sealward.yml of a commit back, whole, and encrypts every file to those whom it names: under a new data key where somebody goes.
 * sealward.yml and all files change or none does.
 *
 * @throws SealwardError not-found where the commit has none; no-identity for a file that nobody here opens; no-recipients, policy-invalid,
 * git, locked, io, or what opening throws
 */
export async function rollBackPolicy(
  { folder, dryRun, reason, revision }: MembersRequest & { readonly revision: string },
  world: RollbackWorld,
): Promise<RollbackOutcome> {
  if (!dryRun) await settleWrites(world.writes)
  const { policy: before, bytes } = await findPolicy(folder, world)
  const then = await policyAt(revision, before.file, world.stored)
  if (then === null) throw new SealwardError('not-found', 'that commit has no sealward.yml', { file: revision })
  const after = then.policy
  // What either version names whole is looked at.
  const both = { ...before, files: [...before.files, ...after.files] }
  const all = await findPolicyFiles({ policy: both, bytes }, world)
  const files = await rewrapFiles(all, ({ keyGroups, relative }) => namedFor(after, keyGroups, relative), world)
  const leavers = await whoLoses({ all, files, before, after }, world.history)
  const { lists, notes } = await whatTheyRead(leavers, all, world)
  const others = [{ path: before.file, before: bytes, after: then.bytes }, ...toDoWrites(lists)]
  const isSame = files.length === 0 && sameBytes(bytes, then.bytes)
  const planned = { files, others, events: recipientsChanged(files, reason) }
  return {
    ...{ files, toDos: lists, notes, access: compareAccess(before, after, all) },
    written: dryRun || isSame ? [] : await carryOut(planned, world),
  }
}
