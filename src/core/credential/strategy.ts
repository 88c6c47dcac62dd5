import type { CredentialRule } from '../policy/sections/rotation.ts'
import { type DriverName, STRATEGIES_OF, type Strategy } from './target.ts'

/** What of an entry decides on the strategy. */
export type StrategyTerms = Pick<CredentialRule, 'strategy' | 'users' | 'admin' | 'graceHours'>

/** These know nobody beside the credential itself. */
const WITHOUT_ADMIN: readonly DriverName[] = ['sqlcipher', 'github-secret']

/**
 * The strategy of an entry at its system: what it says, else `alternating` where it has two users, else the best that the system can.
 * MariaDB lets a login that is nobody's admin only replace its own password.
 */
export function strategyOf({ strategy, users, admin }: StrategyTerms, driver: DriverName): Strategy {
  if (strategy !== null) return strategy
  if (users !== null) return 'alternating'
  if (driver === 'mariadb' && admin === null) return 'single'
  return STRATEGIES_OF[driver].find((one) => one !== 'alternating')!
}

/** @returns why an entry cannot be rotated at a system, in words to stand behind its place; null when it can */
export function misfitOf(terms: StrategyTerms, driver: DriverName): string | null {
  const strategy = strategyOf(terms, driver)
  const { users, admin, graceHours } = terms
  const able = STRATEGIES_OF[driver]
  if (!able.includes(strategy)) return `has the strategy ${strategy}, which ${driver} cannot: it can ${able.join(', ')}`
  if (strategy === 'alternating' && users === null)
    return 'has the strategy alternating and no users, of which it needs two'
  if (strategy !== 'alternating' && users !== null) return `has users, and the strategy ${strategy} has one login`
  if (WITHOUT_ADMIN.includes(driver) && admin !== null) return `has an admin, which ${driver} has no use for`
  if (strategy === 'alternating' && admin === null && driver !== 'command')
    return 'has the strategy alternating and no admin: one login cannot change the other'
  if (strategy === 'single' && graceHours !== null)
    return 'has a grace, and with the strategy single the old password ends at once'
  return null
}
