import { dayOf } from '../../core/day.ts'
import { everybodyIn } from '../../core/envelope/keys/key-groups.ts'
import { SealwardError } from '../../core/errors.ts'
import { fingerprintOf } from '../../core/ledger/marks.ts'
import { type ReadableSecret, readableWith } from '../../core/members/access.ts'
import { targetOf } from '../../core/members/target.ts'
import { toDoPath } from '../../core/members/to-do.ts'
import {
  type Classical,
  classicalIn,
  isPostQuantum,
  type Upgrades,
  upgradePolicy,
} from '../../core/members/upgrade-policy.ts'
import { parsePolicy } from '../../core/policy/policy.ts'
import { amount } from '../../core/report/amount.ts'
import { carryOut } from '../steps/members/carry-out.ts'
import { type ListedToDo, toDoWrites } from '../steps/members/left-behind.ts'
import { findPolicy, findPolicyFiles, type PolicyFile } from '../steps/members/policy-files.ts'
import { readRevisions } from '../steps/members/read-revisions.ts'
import type { MembersRequest, MembersWorld } from '../steps/members/request.ts'
import { type Rewrapping, rewrapFiles } from '../steps/members/rewrap-files.ts'
import { settleWrites } from '../steps/writes/write-all.ts'

export interface UpgradeRequest extends MembersRequest {
  readonly upgrades: Upgrades
  /** Goes on where files stay open to classical recipients. */
  readonly partial: boolean
  /** Lists what classical recipients could read, for `check` to report until it is rotated. */
  readonly rotateAll: boolean
}

export interface UpgradeOutcome {
  readonly files: readonly Rewrapping[]
  /** Who has a classical recipient still, by sealward.yml as it becomes. */
  readonly classical: readonly Classical[]
  /** Files that classical recipients open afterwards too: they are no stronger than those. */
  readonly mixed: readonly string[]
  /** What classical recipients could ever read. Whoever keeps a copy of history opens it with a machine of some later day. */
  readonly exposed: readonly ReadableSecret[]
  /** One, where it was asked for. */
  readonly lists: readonly ListedToDo[]
  /** What is not known, because history is not here. */
  readonly notes: readonly string[]
  readonly written: readonly string[]
}

/**
 * Moves members from classical to post-quantum recipients: in sealward.yml, and in every file that is theirs, each under a new data key. What
 * comes of it has to open with a key at hand. All files change or none does.
 *
 * @throws SealwardError unsupported where a file would have recipients of both kinds and `partial` does not say that it may; not-found,
 *   recipient-invalid, no-identity, locked, io, or what opening throws
 */
export async function upgradeMembers(request: UpgradeRequest, world: MembersWorld): Promise<UpgradeOutcome> {
  const { folder, dryRun, upgrades, partial, rotateAll, reason } = request
  if (!dryRun) await settleWrites(world.writes)
  const found = await findPolicy(folder, world)
  const { policy: before, bytes } = found
  const source = { text: Buffer.from(bytes ?? []).toString('utf8'), file: before.file }
  const edited = upgradePolicy(source, upgrades, dayOf(world.clock.now()))
  const after = parsePolicy(edited, before.file)
  const all = await findPolicyFiles(found, world)
  const target = (file: PolicyFile) => targetOf(file.keyGroups, file.relative, { before, after })
  const mixed = all.filter((file) => !everybodyIn(target(file)).every(isPostQuantum)).map(({ path }) => path)
  const classical = classicalIn(after)
  if (mixed.length > 0 && !partial && !dryRun) throw staysOpen(mixed, classical)
  const files = await rewrapFiles(all, target, world)
  const { exposed, notes } = await exposedTo(all, world)
  const lists = rotateAll ? listOf(exposed, world.clock.now()) : []
  const others = [{ path: before.file, before: bytes, after: Buffer.from(edited) }, ...toDoWrites(lists)]
  const written = dryRun ? [] : await carryOut({ files, others, events: eventsOf(files, reason) }, world)
  return { files, classical, mixed, exposed, lists, notes, written }
}

async function exposedTo(
  files: readonly PolicyFile[],
  world: MembersWorld,
): Promise<{ readonly exposed: readonly ReadableSecret[]; readonly notes: readonly string[] }> {
  const { revisions, notes } = await readRevisions({ files, now: world.clock.now() }, world)
  const keys = new Set(revisions.flatMap(({ version }) => version.recipients).filter((key) => !isPostQuantum(key)))
  return { exposed: readableWith(keys, revisions), notes: notes.map(({ message }) => message) }
}

function listOf(exposed: readonly ReadableSecret[], now: Date): ListedToDo[] {
  if (exposed.length === 0) return []
  const secrets = exposed.map((one) => ({ ...one, until: one.until ?? now }))
  const toDo = { member: 'post-quantum', why: 'post-quantum' as const, removed: now, secrets }
  return [{ path: toDoPath(toDo), toDo }]
}

function eventsOf(files: readonly Rewrapping[], reason: string | undefined): Parameters<typeof carryOut>[0]['events'] {
  const marksOf = (of: (file: Rewrapping) => readonly string[]) => [...new Set(files.flatMap(of))].map(fingerprintOf)
  const [added, removed] = [marksOf((file) => file.added), marksOf((file) => file.removed)]
  const said = reason !== undefined && { reason }
  return (marks) => (marks.length === 0 ? [] : [{ kind: 'recipients-changed', files: marks, added, removed, ...said }])
}

function staysOpen(mixed: readonly string[], classical: readonly Classical[]): SealwardError {
  const names = [...new Set(classical.map(({ name }) => name ?? 'a key without a name'))]
  return new SealwardError('unsupported', `${amount(mixed.length, 'file')} would stay open to classical recipients`, {
    file: mixed[0]!,
    hint: [
      ...(names.length === 0 ? [] : [`who has no post-quantum recipient yet: ${names.join(', ')}`]),
      'give each one with -r NAME=age1pq1..., or go on without them: --partial; a file is only as strong as its weakest recipient',
    ].join('\n'),
  })
}
