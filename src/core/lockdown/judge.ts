import { SealwardError } from '../errors.ts'
import { means } from '../glob/means.ts'
import { settleEnvironment } from '../policy/environments.ts'
import type { Policy } from '../policy/policy.ts'
import { printable } from '../report/printable.ts'
import type { RunFacts } from '../trust/facts.ts'

const REASON_CHARACTERS = 200

/**
 * Holds a workflow run and a file against the lockdown of sealward.yml.
 *
 * It binds whoever has this sealward.yml checked out, and no older branch: that is why a lockdown renews keys too. docs/lockdown.md
 *
 * @param path relative to sealward.yml, with '/' separators
 * @returns null where nothing is locked down; else a SealwardError `locked-down`
 */
export function judgeLockdown(policy: Policy, path: string, { ref }: Pick<RunFacts, 'ref'>): SealwardError | null {
  const { lockdown } = policy
  if (lockdown === null || !isMeant(policy, path)) return null
  // A run that does not say its ref is no reason to give anything away.
  if (lockdown.refs !== null && ref !== '' && !lockdown.refs.some((glob) => means(glob, ref))) return null
  return new SealwardError('locked-down', `nothing is decrypted here${sayLockdown(lockdown)}`, {
    file: policy.file,
    line: lockdown.line,
    hint: '`sealward lockdown --lift --reason TEXT`, committed, ends it; docs/lockdown.md says what is to be done before',
  })
}

/** Whether a file is among those that are locked down, for some run. */
export function isMeant(policy: Policy, path: string): boolean {
  if (policy.lockdown === null) return false
  const { environments } = policy.lockdown
  const environment = settleEnvironment(policy, path)
  return environments === null || environments.some((one) => one === environment?.name || one === environment?.kind)
}

/** @returns since when and why, to be put behind a sentence */
export function sayLockdown({ since, reason }: NonNullable<Policy['lockdown']>): string {
  const time = since.toISOString().replace('.000Z', 'Z')
  return ` since the lockdown of ${time}: ${printable(reason).slice(0, REASON_CHARACTERS)}`
}
