import type { RunFacts } from '../../../core/trust/facts.ts'
import type { JobIdentity } from '../../world/job.ts'
import type { Configs } from '../../world.ts'
import { policyMentioning } from '../policy-for.ts'

export interface RunPolicyWorld {
  readonly configs: Configs
  readonly facts: RunFacts
  /** Asked only where a policy speaks of environments. */
  readonly identity: JobIdentity
}

/**
 * Holds a workflow run against what sealward.yml says about where these files may be decrypted. Most configurations say nothing about
 * it; those are not parsed.
 *
 * @throws SealwardError untrusted, policy-invalid, or io when GitHub cannot be asked about the job
 */
export async function requireRunAllowed(files: readonly string[], world: RunPolicyWorld): Promise<void> {
  let environment: Promise<RunFacts['environment']> | undefined
  for (const file of files) {
    const found = await policyMentioning('decrypt-in', file, world.configs)
    if (found === null) continue
    const { policy, relative } = found
    const { asksForEnvironment, judgePolicy } = await import('../../../core/policy/decrypt-in.ts')
    if (asksForEnvironment(policy, relative)) environment ??= world.identity.environment()
    const facts = environment === undefined ? world.facts : { ...world.facts, environment: await environment }
    const refusal = judgePolicy(policy, relative, facts)
    if (refusal !== null) throw refusal
  }
}
