import type { RunFacts } from '../../../core/trust/facts.ts'
import type { Configs, Teller } from '../../world.ts'
import { policyMentioning } from '../policy-for.ts'

/**
 * Ends a run that is to hand secrets on while sealward.yml is locked down for one of these files. A rotation is none: it is what a lockdown
 * waits for.
 *
 * @throws SealwardError locked-down, policy-invalid
 */
export async function requireNotLockedDown(
  files: readonly string[],
  { configs, facts }: { readonly configs: Configs; readonly facts: RunFacts },
): Promise<void> {
  for (const file of files) {
    const found = await policyMentioning('lockdown', file, configs)
    if (found === null) continue
    const { judgeLockdown } = await import('../../../core/lockdown/judge.ts')
    const refusal = judgeLockdown(found.policy, found.relative, facts)
    if (refusal !== null) throw refusal
  }
}

/** Says that what was opened is locked down: a key goes on working where somebody has one, and whoever uses it should know what day it is. */
export async function tellOfLockdown(
  files: readonly string[],
  { configs, teller }: { readonly configs: Configs; readonly teller: Pick<Teller, 'warn'> },
): Promise<void> {
  const told = new Set<string>()
  for (const file of files) {
    const found = await policyMentioning('lockdown', file, configs)
    if (found === null || found.policy.lockdown === null || told.has(found.policy.file)) continue
    const { isMeant, sayLockdown } = await import('../../../core/lockdown/judge.ts')
    if (!isMeant(found.policy, found.relative)) continue
    told.add(found.policy.file)
    teller.warn(`the Action decrypts nothing of this${sayLockdown(found.policy.lockdown)}`)
  }
}
