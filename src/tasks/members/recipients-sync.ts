import { namedFor } from '../../core/members/target.ts'
import { carryOut } from '../steps/members/carry-out.ts'
import { toDoWrites, whatTheyRead } from '../steps/members/left-behind.ts'
import { findPolicy, findPolicyFiles } from '../steps/members/policy-files.ts'
import { recipientsChanged, type SyncOutcome } from '../steps/members/recipients-changed.ts'
import type { MembersRequest, MembersWorld } from '../steps/members/request.ts'
import { rewrapFiles } from '../steps/members/rewrap-files.ts'
import { whoLoses } from '../steps/members/who-loses.ts'
import { settleWrites } from '../steps/writes/write-all.ts'

/**
 * Encrypts every file to those whom sealward.yml names for it: what somebody wrote there by hand comes true. All files change or none
 * does. Where it has no members, a file that it says nothing of is left alone.
 *
 * @throws SealwardError no-identity for a file that nobody here opens; no-recipients, unsupported for one of key groups that sealward.yml
 * has not; policy-invalid, locked, io, or what opening throws
 */
export async function syncRecipients(
  { folder, dryRun, reason }: MembersRequest,
  world: MembersWorld,
): Promise<SyncOutcome> {
  if (!dryRun) await settleWrites(world.writes)
  const found = await findPolicy(folder, world)
  const { policy } = found
  const all = await findPolicyFiles(found, world)
  const files = await rewrapFiles(all, ({ keyGroups, relative }) => namedFor(policy, keyGroups, relative), world)
  const leavers = await whoLoses({ all, files, before: policy, after: policy }, world.history)
  const { lists, notes } = await whatTheyRead(leavers, all, world)
  const planned = { files, others: toDoWrites(lists), events: recipientsChanged(files, reason) }
  return {
    ...{ files, toDos: lists, notes },
    written: dryRun || files.length === 0 ? [] : await carryOut(planned, world),
  }
}
