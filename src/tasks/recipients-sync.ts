import { fingerprintOf } from '../core/ledger/marks.ts'
import { recipientsFor } from '../core/policy/match.ts'
import { carryOut } from './steps/members/carry-out.ts'
import { findPolicy, findPolicyFiles } from './steps/members/policy-files.ts'
import type { MembersRequest, MembersWorld } from './steps/members/request.ts'
import { type Rewrapping, rewrapFiles } from './steps/members/rewrap-files.ts'
import { settleWrites } from './steps/writes/write-all.ts'

export interface SyncOutcome {
  readonly files: readonly Rewrapping[]
  /** What is to be committed; empty where nothing was written. */
  readonly written: readonly string[]
}

/**
 * Encrypts every file to those whom sealward.yml names for it: what somebody wrote there by hand comes true. All files change or none
 * does. A file for which it names nobody is left alone.
 *
 * @throws SealwardError no-identity for a file that nobody here opens; policy-invalid, locked, io, or what opening throws
 */
export async function syncRecipients(
  { folder, dryRun, reason }: MembersRequest,
  world: MembersWorld,
): Promise<SyncOutcome> {
  if (!dryRun) await settleWrites(world.writes)
  const found = await findPolicy(folder, world)
  const all = await findPolicyFiles(found, world)
  const files = await rewrapFiles(
    all,
    ({ relative, recipients }) => {
      const wanted = recipientsFor(found.policy, relative)
      return wanted.length === 0 ? recipients : wanted
    },
    world,
  )
  if (dryRun || files.length === 0) return { files, written: [] }
  const marksOf = (of: (file: Rewrapping) => readonly string[]) => [...new Set(files.flatMap(of))].map(fingerprintOf)
  const written = await carryOut(
    {
      ...{ files, others: [] },
      events: (marks) => [
        {
          ...{ kind: 'recipients-changed', files: marks },
          ...{ added: marksOf(({ added }) => added), removed: marksOf(({ removed }) => removed) },
          ...(reason !== undefined && { reason }),
        },
      ],
    },
    world,
  )
  return { files, written }
}
