import { credentialAt } from '../../core/credential/record/place.ts'
import { takeLockdownOut, writeLockdown } from '../../core/lockdown/edit-policy.ts'
import { type Exposed, exposureOf } from '../../core/lockdown/exposure.ts'
import { isMeant } from '../../core/lockdown/judge.ts'
import { lockdownListPath } from '../../core/lockdown/list.ts'
import { printToDo } from '../../core/members/to-do.ts'
import { type Policy, parsePolicy } from '../../core/policy/policy.ts'
import { carryOut } from '../steps/members/carry-out.ts'
import { type FoundPolicy, findPolicy, findPolicyFiles, type PolicyFile } from '../steps/members/policy-files.ts'
import { readRevisions } from '../steps/members/read-revisions.ts'
import type { MembersRequest, MembersWorld } from '../steps/members/request.ts'
import { type ResealedFiles, resealOpenable } from '../steps/members/reseal-openable.ts'
import { POLICY_FILES } from '../steps/policy-for.ts'
import { USUAL_NAMES } from '../steps/usual-names.ts'
import { settleWrites } from '../steps/writes/write-all.ts'

export interface LockdownRequest extends MembersRequest {
  readonly reason: string
  /** Names or kinds of environments; null for all files. */
  readonly environments: readonly string[] | null
  /** Globs of refs whose runs decrypt nothing; null for all. */
  readonly refs: readonly string[] | null
  /** The recipient of a key that was just made: files that are for it have a new data key already. Null where there is none. */
  readonly renewedFor: string | null
}

export interface LockdownOutcome extends ResealedFiles {
  /** Everything that is to be rotated, the most exposed first. */
  readonly exposed: readonly Exposed[]
  /** Where that list is. */
  readonly list: string
  /** The sealward.yml, locked down. */
  readonly policy: Policy
  /** What is not known, because history is not here, and what is not locked down. */
  readonly notes: readonly string[]
  /** What is to be committed; empty where nothing was written. */
  readonly written: readonly string[]
}

export interface LiftOutcome {
  /** What is to be committed; empty where nothing was written. */
  readonly written: readonly string[]
  /** The sealward.yml, while it was locked down. */
  readonly policy: Policy
}

/**
 * Closes a repository on the day that somebody may have its secrets: sealward.yml keeps the Action from decrypting, every file that can be
 * opened here gets a new data key, and everything that was ever encrypted in those files is listed as to be rotated, the most exposed first.
 * A file that cannot be opened here is no reason to leave the others. All of it is written, or nothing is.
 *
 * @throws SealwardError exists where it is locked down already; not-found where there is no such environment; policy-invalid, git, locked, io
 */
export async function lockDown(request: LockdownRequest, world: MembersWorld): Promise<LockdownOutcome> {
  if (!request.dryRun) await settleWrites(world.writes)
  const found = await findPolicy(request.folder, world)
  const { environments, refs, reason } = request
  // sealward.yml has whole seconds.
  const since = new Date(Math.floor(world.clock.now().getTime() / 1000) * 1000)
  const edited = writeLockdown(sourceOf(found), { since, reason, environments, refs })
  const after = parsePolicy(edited, found.policy.file)
  const all = await findPolicyFiles(found, world)
  const meant = all.filter(({ relative }) => isMeant(after, relative))
  const { renewedFor: fresh } = request
  const isRenewed = ({ recipients }: PolicyFile) => fresh !== null && recipients.includes(fresh)
  const { exposed, notes: unknown } = await listExposed({ policy: after, files: all, fresh }, world)
  const notes = [...unknown, ...(await otherPolicies(found, world))]
  const due = meant.filter((file) => !isRenewed(file))
  const resealed = await resealOpenable(due, world)
  const list = lockdownListPath(since)
  const toDo = printToDo({ member: 'lockdown', why: 'lockdown', removed: since, secrets: exposed })
  const planned = {
    files: resealed.files,
    others: [policyWrite(found, edited), { path: list, before: null, after: toDo }],
    events: (marks: Parameters<Parameters<typeof carryOut>[0]['events']>[0]) => [
      { kind: 'locked-down' as const, reason, ...(environments && { environments }), ...(refs && { refs }) },
      ...(marks.length > 0 ? [{ kind: 'data-key-rotated' as const, files: marks, reason }] : []),
    ],
  }
  if (request.dryRun) return { ...resealed, exposed, list, policy: after, notes, written: [] }
  const written = [...(await carryOut(planned, world)), ...all.filter(isRenewed).map(({ path }) => path)]
  return { ...resealed, exposed, list, policy: after, notes, written: written.sort() }
}

/**
 * Takes the lockdown out of sealward.yml. What is still to be rotated stays listed.
 *
 * @throws SealwardError not-found where nothing is locked down
 */
export async function liftLockdown(
  { folder, dryRun, reason }: MembersRequest & { readonly reason: string },
  world: MembersWorld,
): Promise<LiftOutcome> {
  if (!dryRun) await settleWrites(world.writes)
  const found = await findPolicy(folder, world)
  const edited = takeLockdownOut(sourceOf(found))
  const { policy } = found
  if (dryRun) return { written: [], policy }
  const events = () => [{ kind: 'lifted' as const, reason }]
  return { written: await carryOut({ files: [], others: [policyWrite(found, edited)], events }, world), policy }
}

/** Of files that are gone today the name says which environment they were of. */
async function listExposed(
  {
    policy,
    files,
    fresh,
  }: { readonly policy: Policy; readonly files: readonly PolicyFile[]; readonly fresh: string | null },
  world: MembersWorld,
) {
  const now = world.clock.now()
  const { revisions, notes } = await readRevisions({ files, now }, world)
  const folder = policy.file.slice(0, policy.file.lastIndexOf('/') + 1)
  // What a rotation writes down goes with it; the credential itself is in a file of its own.
  const isOwn = (path: string) => credentialAt(path) === null && isMeant(policy, path)
  const own = revisions.filter(({ file }) => file.startsWith(folder) && isOwn(file.slice(folder.length)))
  return { exposed: exposureOf(own, { now, fresh }), notes: notes.map(({ message }) => message) }
}

/** A folder with a sealward.yml of its own is locked down there. */
async function otherPolicies({ policy }: FoundPolicy, { finder, configs }: MembersWorld): Promise<string[]> {
  const paths = await finder.find([...USUAL_NAMES])
  const found = await Promise.all(paths.map((path) => configs.nearest(POLICY_FILES, path)))
  const others = new Set(found.flatMap((config) => config?.file ?? []))
  others.delete(policy.file)
  return [...others].sort().map((file) => `${file} is not locked down: do it in its folder too`)
}

function sourceOf({ policy, bytes }: FoundPolicy) {
  return { text: Buffer.from(bytes ?? []).toString('utf8'), file: policy.file }
}

function policyWrite({ policy, bytes }: FoundPolicy, edited: string) {
  return { path: policy.file, before: bytes, after: Buffer.from(edited) }
}
