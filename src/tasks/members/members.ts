import type { LedgerEvent } from '../../core/ledger/event.ts'
import { fingerprintOf } from '../../core/ledger/marks.ts'
import { addMember, type NewMember, removeMember, renameMember } from '../../core/members/edit-policy.ts'
import { targetOf } from '../../core/members/target.ts'
import { type Policy, parsePolicy } from '../../core/policy/policy.ts'
import type { Member } from '../../core/policy/sections/people/recipients.ts'
import type { FileWrite } from '../../core/writes/journal.ts'
import { carryOut } from '../steps/members/carry-out.ts'
import { type ListedToDo, toDoWrites, whatTheyRead } from '../steps/members/left-behind.ts'
import { everyKeyOf } from '../steps/members/named-keys.ts'
import { type FoundPolicy, findPolicy, findPolicyFiles, type PolicyFilesWorld } from '../steps/members/policy-files.ts'
import type { MembersRequest, MembersWorld } from '../steps/members/request.ts'
import { type Rewrapping, rewrapFiles } from '../steps/members/rewrap-files.ts'
import { settleWrites } from '../steps/writes/write-all.ts'

export interface MembersOutcome {
  readonly files: readonly Rewrapping[]
  /** What is to be rotated now; null where nobody left. */
  readonly toDo: ListedToDo | null
  /** What is not known, because history is not here. */
  readonly notes: readonly string[]
  /** What is to be committed; empty where nothing was written. */
  readonly written: readonly string[]
}

/** A member, and the files that are encrypted to one of their keys. */
export interface ListedMember {
  readonly member: Member
  readonly files: readonly string[]
}

/** @throws SealwardError policy-invalid, malformed */
export async function listMembers(folder: string, world: PolicyFilesWorld): Promise<readonly ListedMember[]> {
  const found = await findPolicy(folder, world)
  const files = await findPolicyFiles(found, world)
  return found.policy.members.map((member) => ({
    member,
    files: files
      .filter(({ recipients }) => member.keys.some((key) => recipients.includes(key)))
      .map(({ path }) => path),
  }))
}

/**
 * Puts somebody into sealward.yml, and wraps the data key of every file that is theirs by it for them. All files change or none does.
 *
 * @throws SealwardError exists, not-found, no-identity for a file that nobody here opens; locked, io, or what opening throws
 */
export async function addToMembers(
  request: MembersRequest & { readonly member: NewMember },
  world: MembersWorld,
): Promise<MembersOutcome> {
  const { member, reason } = request
  const said = reason === undefined ? {} : { reason }
  const added = member.keys.map(fingerprintOf)
  return change(request, world, {
    edit: (source) => addMember(source, member),
    events: (files) => [
      { kind: 'member-added', member: member.name, added, ...(files.length > 0 && { files }), ...said },
    ],
  })
}

/**
 * Takes somebody off: out of sealward.yml, and out of every file, each under a new data key. What they could read, ever, is written down as
 * what to rotate. All files change or none does.
 *
 * @throws SealwardError as `addToMembers`; unsupported where nobody would be left; removal-refused for the recovery key without `force`
 */
export async function removeFromMembers(
  request: MembersRequest & { readonly name: string; readonly force?: boolean },
  world: MembersWorld,
): Promise<MembersOutcome> {
  const { name, reason, force = false } = request
  const said = reason === undefined ? {} : { reason }
  return change(request, world, {
    edit: (source) => removeMember(source, name, { force }),
    leaves: name,
    events: (files, { members }) => [
      {
        ...{ kind: 'member-removed', member: name, ...said },
        removed: members.filter((one) => one.name === name).flatMap(({ keys }) => keys.map(fingerprintOf)),
      },
      ...(files.length > 0 ? [{ kind: 'data-key-rotated' as const, files, ...said }] : []),
    ],
  })
}

/** Calls somebody otherwise. No encrypted file changes. */
export function renameInMembers(
  request: MembersRequest & { readonly from: string; readonly to: string },
  world: MembersWorld,
): Promise<MembersOutcome> {
  const { from, to, reason } = request
  return change(request, world, {
    edit: (source) => renameMember(source, request),
    events: () => [{ kind: 'member-renamed', member: to, formerly: from, ...(reason !== undefined && { reason }) }],
  })
}

interface Change {
  edit(source: { readonly text: string; readonly file: string }): string
  /** Who is not to be able to read anything any more. */
  readonly leaves?: string
  events(files: Parameters<Parameters<typeof carryOut>[0]['events']>[0], before: Policy): readonly LedgerEvent[]
}

/** Every change is the same: edit sealward.yml, wrap keys by what it says then, write down what is left to do, write it all. */
async function change(
  { folder, dryRun }: MembersRequest,
  world: MembersWorld,
  { edit, leaves, events }: Change,
): Promise<MembersOutcome> {
  if (!dryRun) await settleWrites(world.writes)
  const found = await findPolicy(folder, world)
  const { policy: before, bytes } = found
  const edited = edit({ text: Buffer.from(bytes ?? []).toString('utf8'), file: before.file })
  const after = parsePolicy(edited, before.file)
  const leaver = leaves === undefined ? null : { name: leaves, keys: await everyKeyOf(leaves, before, world.history) }
  const all = await findPolicyFiles(found, world)
  const policies = { before, after, ...(leaver !== null && { leaving: leaver.keys }) }
  const files = await rewrapFiles(all, (file) => targetOf(file.keyGroups, file.relative, policies), world)
  const { lists, notes } = await whatTheyRead(leaver === null ? [] : [leaver], all, world)
  const others = [policyWrite(found, edited), ...toDoWrites(lists)]
  const planned = { files, others, events: (marks: Parameters<Change['events']>[0]) => events(marks, before) }
  const written = dryRun ? [] : await carryOut(planned, world)
  return { files, toDo: lists[0] ?? null, notes, written }
}

function policyWrite({ policy, bytes }: FoundPolicy, edited: string): FileWrite {
  return { path: policy.file, before: bytes, after: Buffer.from(edited) }
}
