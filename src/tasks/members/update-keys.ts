import { type KeyGroups, mapGroups, oneGroup } from '../../core/envelope/keys/key-groups.ts'
import { SealwardError } from '../../core/errors.ts'
import { settleEnvelope } from '../steps/envelope.ts'
import { carryOut } from '../steps/members/carry-out.ts'
import { toDoWrites, whatTheyRead } from '../steps/members/left-behind.ts'
import { findPolicy, type PolicyFile, readPolicyFile } from '../steps/members/policy-files.ts'
import { recipientsChanged, type SyncOutcome } from '../steps/members/recipients-changed.ts'
import type { MembersRequest, MembersWorld } from '../steps/members/request.ts'
import { rewrapFiles } from '../steps/members/rewrap-files.ts'
import { whoLoses } from '../steps/members/who-loses.ts'
import { settleWrites } from '../steps/writes/write-all.ts'

export interface UpdateKeysRequest extends MembersRequest {
  /** From the top of the repository. */
  readonly paths: readonly string[]
}

/** @property same those that were for whom they should be */
export type UpdateKeysOutcome = SyncOutcome & { readonly same: readonly string[] }

/**
 * Encrypts the files that are named to those whom the configuration names for them: sealward.yml, or where that has nobody, .sops.yaml.
 * Where that is no key groups any more, the groups are given up: who names a file means that one. All files change or none does.
 *
 * @throws SealwardError not-found, no-recipients, no-identity, unsupported, policy-invalid, locked, io, or what opening throws
 */
export async function updateKeys(
  { paths, folder, dryRun, reason }: UpdateKeysRequest,
  world: MembersWorld,
): Promise<UpdateKeysOutcome> {
  if (!dryRun) await settleWrites(world.writes)
  const wanted = new Map<string, KeyGroups>()
  const all: PolicyFile[] = []
  for (const path of new Set(paths)) {
    const file = await readPolicyFile({ path, relative: path }, world.files)
    if (file === null) throw new SealwardError('not-found', 'no encrypted file is there', { file: path })
    all.push(file)
    wanted.set(path, await configuredFor(path, world))
  }
  const { policy } = await findPolicy(folder, world)
  const files = await rewrapFiles(all, ({ path }) => wanted.get(path)!, world)
  const leavers = await whoLoses({ all, files, before: policy, after: policy }, world.history)
  const { lists, notes } = await whatTheyRead(leavers, all, world)
  const planned = { files, others: toDoWrites(lists), events: recipientsChanged(files, reason) }
  return {
    ...{ files, toDos: lists, notes },
    same: all.map(({ path }) => path).filter((path) => files.every((file) => file.path !== path)),
    written: dryRun || files.length === 0 ? [] : await carryOut(planned, world),
  }
}

async function configuredFor(path: string, { configs, writes: { files } }: MembersWorld): Promise<KeyGroups> {
  const { recipients, keyGroups } = await settleEnvelope(path, [], { configs, files })
  return mapGroups(keyGroups ?? oneGroup(recipients), (members) => members.map(({ text }) => text))
}
