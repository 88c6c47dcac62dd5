import type { Quotes } from '../../core/envelope/decrypt.ts'
import type { Configs } from '../world.ts'
import { POLICY_FILES } from './policy-for.ts'

/**
 * How sealward.yml says that a file's quotes are read. docs/format.md section 8.
 *
 * Most configurations say nothing about quotes; parsing one to learn that would cost more than opening the file.
 *
 * @throws SealwardError policy-invalid
 */
export async function settleQuotes(path: string, configs: Configs): Promise<Quotes> {
  const config = await configs.nearest(POLICY_FILES, path)
  if (config === null || !Buffer.from(config.bytes).includes('quotes')) return 'literal'
  const { parsePolicy } = await import('../../core/policy/policy.ts')
  const { ruleFor } = await import('../../core/policy/match.ts')
  return ruleFor(parsePolicy(config.bytes, config.file), config.relative)?.quotes ?? 'literal'
}
