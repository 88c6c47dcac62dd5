import type { Policy } from '../../core/policy/policy.ts'
import type { Configs, NearestConfig } from '../world.ts'

export const POLICY_FILES: readonly string[] = ['sealward.yml', 'sealward.yaml']

/** The policy that counts for a path. */
export interface PolicyFor {
  readonly policy: Policy
  /** The path, relative to the folder of the policy, with '/' separators. */
  readonly relative: string
}

/** By the bytes they were read from: where a file is read once (held.ts), several steps ask for the policy of one text. */
const parsed = new WeakMap<Uint8Array, Policy>()

/** @throws SealwardError policy-invalid */
export async function policyFor(path: string, configs: Configs): Promise<PolicyFor | null> {
  const config = await configs.nearest(POLICY_FILES, path)
  return config === null ? null : read(config)
}

/**
 * The same for who asks about one section. Most policies do not have it; those are not parsed, because that costs more than opening an
 * encrypted file, and are null too. A key can be spelled with escapes in YAML, so the backslash that those need counts as a mention.
 *
 * @throws SealwardError policy-invalid
 */
export async function policyMentioning(section: string, path: string, configs: Configs): Promise<PolicyFor | null> {
  const config = await configs.nearest(POLICY_FILES, path)
  if (config === null) return null
  const text = Buffer.from(config.bytes.buffer, config.bytes.byteOffset, config.bytes.length)
  return text.includes(section) || text.includes('\\') ? read(config) : null
}

async function read({ bytes, file, relative }: NearestConfig): Promise<PolicyFor> {
  const known = parsed.get(bytes)
  if (known?.file === file) return { policy: known, relative }
  const { parsePolicy } = await import('../../core/policy/policy.ts')
  const policy = parsePolicy(bytes, file)
  parsed.set(bytes, policy)
  return { policy, relative }
}
