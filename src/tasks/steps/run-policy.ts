import type { RunFacts } from '../../core/trust/facts.ts'
import type { Configs } from '../world.ts'
import type { JobIdentity } from '../world-job.ts'

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
    const config = await world.configs.nearest(['sealward.yml', 'sealward.yaml'], file)
    if (config === null || !mentions(config.bytes)) continue
    const { parsePolicy } = await import('../../core/policy/policy.ts')
    const { asksForEnvironment, judgePolicy } = await import('../../core/policy/decrypt-in.ts')
    const policy = parsePolicy(config.bytes, config.file)
    if (asksForEnvironment(policy, config.relative)) environment ??= world.identity.environment()
    const facts = environment === undefined ? world.facts : { ...world.facts, environment: await environment }
    const refusal = judgePolicy(policy, config.relative, facts)
    if (refusal !== null) throw refusal
  }
}

/** A key can be spelled with escapes in YAML, so the backslash that those need counts as a mention. */
function mentions(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes)
  return text.includes('decrypt-in') || text.includes('\\')
}
