import { describe, expect, it } from 'vitest'
import { misfitOf, type StrategyTerms, strategyOf } from '../../../src/core/credential/strategy.ts'
import { DRIVERS, STRATEGIES, STRATEGIES_OF } from '../../../src/core/credential/target.ts'

const ADMIN = { path: 'f', variables: { url: 'A', user: null, password: null } }
const NOTHING: StrategyTerms = { strategy: null, users: null, admin: null, graceHours: null }
const USERS = { users: ['a', 'b'] as const }

describe('strategyOf', () => {
  it.each([
    ['postgres', {}, 'single'],
    ['postgres', USERS, 'alternating'],
    ['mysql', {}, 'dual'],
    ['mysql', USERS, 'alternating'],
    ['mariadb', {}, 'single'],
    ['mariadb', { admin: ADMIN }, 'dual'],
    ['mariadb', { strategy: 'dual' }, 'dual'],
    ['redis', {}, 'dual'],
    ['mongodb', {}, 'single'],
    ['sqlcipher', {}, 'single'],
    ['command', {}, 'single'],
    ['github-secret', {}, 'single'],
  ] as const)('chooses for %s with %j: %s', (driver, terms, strategy) => {
    expect(strategyOf({ ...NOTHING, ...terms } as StrategyTerms, driver)).toBe(strategy)
  })
})

describe('misfitOf', () => {
  it('has nothing against what each system can, with all that it needs', () => {
    for (const driver of DRIVERS)
      for (const strategy of STRATEGIES) {
        const users = strategy === 'alternating' ? { users: ['a', 'b'] as const, admin: ADMIN } : {}
        const able = STRATEGIES_OF[driver].includes(strategy)
        expect(misfitOf({ ...NOTHING, strategy, ...users }, driver) === null).toBe(able)
      }
  })

  it('asks a program of your own for no admin', () => {
    expect(misfitOf({ ...NOTHING, ...USERS }, 'command')).toBeNull()
    expect(misfitOf({ ...NOTHING, ...USERS }, 'mongodb')).toContain('no admin')
  })

  it('finds a grace that there is not', () => {
    expect(misfitOf({ ...NOTHING, graceHours: 1 }, 'postgres')).toContain('has a grace')
    expect(misfitOf({ ...NOTHING, graceHours: 1 }, 'mysql')).toBeNull()
  })
})
