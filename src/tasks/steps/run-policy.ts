import type { RunFacts } from '../../core/trust/facts.ts'
import type { Configs } from '../world.ts'

/**
 * Holds a workflow run against what sealward.yml says about where these files may be decrypted. Most configurations say nothing about
 * it; those are not parsed.
 *
 * @throws SealwardError untrusted, or policy-invalid
 */
export async function requireRunAllowed(files: readonly string[], facts: RunFacts, configs: Configs): Promise<void> {
  for (const file of files) {
    const config = await configs.nearest(['sealward.yml', 'sealward.yaml'], file)
    if (config === null || !mentions(config.bytes)) continue
    const { parsePolicy } = await import('../../core/policy/policy.ts')
    const { judgePolicy } = await import('../../core/policy/decrypt-in.ts')
    const refusal = judgePolicy(parsePolicy(config.bytes, config.file), config.relative, facts)
    if (refusal !== null) throw refusal
  }
}

/** A key can be spelled with escapes in YAML, so the backslash that those need counts as a mention. */
function mentions(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes)
  return text.includes('decrypt-in') || text.includes('\\')
}
