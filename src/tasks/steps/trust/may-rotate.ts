import type { EventRepository } from '../../../core/job/event-repository.ts'
import { whyNoRotation } from '../../../core/trust/rotating-run.ts'
import { type RunPolicyWorld, requireRunAllowed } from './run-policy.ts'
import { compareFiles, requireTrusted, type TrustWorld } from './trust.ts'

/** The one at the top has the credentials. */
const POLICY = 'sealward.yml'

export type MayRotateWorld = TrustWorld & RunPolicyWorld & { readonly repository: EventRepository }

/**
 * Ends a run that may not change credentials: one that may not have the secrets either (docs/trust.md), one with another sealward.yml than its
 * commit has, or one that is not for the default branch.
 *
 * @param files the encrypted files of the credentials, and of their admins
 * @throws SealwardError untrusted, policy-invalid, io
 */
export async function requireMayRotate(files: readonly string[], world: MayRotateWorld): Promise<void> {
  const refusal = whyNoRotation(world.facts, world.repository)
  await requireTrusted(await compareFiles([POLICY, ...files], world), 'none', world)
  if (refusal !== null) throw refusal
  await requireRunAllowed(files, world)
}
