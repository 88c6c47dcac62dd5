import { describe, expect, it } from 'vitest'
import type { Change, Login } from '../../../../src/core/credential/change.ts'
import {
  changeToApply,
  changeToRestore,
  changeToRevoke,
  changeToUndo,
} from '../../../../src/core/credential/machine/changes.ts'
import { meddlingWith } from '../../../../src/core/credential/machine/meddling.ts'
import { exitOf, type Outcome } from '../../../../src/core/credential/machine/outcome.ts'
import { moved, newRecord } from '../../../../src/core/credential/record/record.ts'
import { Secret } from '../../../../src/core/secret.ts'

const login = (user: string, password: string): Login => ({ user, password: new Secret(password) })
const [single, dual, alternating] = (['single', 'dual', 'alternating'] as const).map((strategy) => ({
  strategy,
  issues: false,
}))
const throwaway = new Secret('kept nowhere')
const unmade = { user: 'a', password: null }
/** A change in words: what, of whom, and the passwords by name. */
const plain = (change: Change | null) =>
  change &&
  Object.values(change)
    .map((value) => (value instanceof Secret ? value.reveal() : value))
    .join(' ')

describe('what the system is told', () => {
  it.each([
    [
      'single',
      changeToApply(single!, { pending: login('a', 'new'), current: login('a', 'old'), request: 'r' }),
      'replace a new',
    ],
    [
      'dual',
      changeToApply(dual!, { pending: login('a', 'new'), current: login('a', 'old'), request: 'r' }),
      'add a new old',
    ],
    [
      'alternating',
      changeToApply(alternating!, { pending: login('b', 'new'), current: login('a', 'old'), request: 'r' }),
      'replace b new',
    ],
    [
      'a system that makes the value',
      changeToApply({ strategy: 'dual', issues: true }, { pending: unmade, current: login('a', 'old'), request: 'r' }),
      'issue a r old',
    ],
    [
      'single, at the end',
      changeToRevoke(single!, { current: login('a', 'new'), previous: login('a', 'old'), throwaway }),
      null,
    ],
    [
      'dual, at the end',
      changeToRevoke(dual!, { current: login('a', 'new'), previous: login('a', 'old'), throwaway }),
      'retire a new old',
    ],
    [
      'alternating, at the end',
      changeToRevoke(alternating!, { current: login('b', 'new'), previous: login('a', 'old'), throwaway }),
      'replace a kept nowhere',
    ],
    [
      'dual, given up',
      changeToUndo(dual!, { current: login('a', 'old'), pending: login('a', 'new'), by: 'current' }),
      'retire a old new',
    ],
    [
      'dual, without the old one',
      changeToUndo(dual!, { current: login('a', 'old'), pending: login('a', 'new'), by: 'pending' }),
      'replace a old',
    ],
    [
      'single, given up',
      changeToUndo(single!, { current: login('a', 'old'), pending: login('a', 'new'), by: 'pending' }),
      'replace a old',
    ],
    [
      'dual, set back',
      changeToRestore(dual!, { current: login('a', 'new'), previous: login('a', 'old'), by: 'previous' }),
      'add a new old',
    ],
    [
      'dual, forced',
      changeToRestore(dual!, { current: login('a', 'new'), previous: login('a', 'old'), by: 'admin' }),
      'replace a new',
    ],
  ] as const)('%s', (_, change, words) => {
    expect(plain(change)).toBe(words)
  })

  it('is never a password that is not made yet', () => {
    const current = login('a', 'old')
    for (const change of [
      () => changeToApply(single!, { pending: unmade, current, request: 'r' }),
      () => changeToUndo(dual!, { pending: unmade, current, by: 'current' }),
    ])
      expect(change).toThrow(expect.objectContaining({ code: 'internal' }))
  })

  it('is never to end the login of the file', () => {
    const [one, same] = [login('a', 'x'), login('a', 'x')]
    expect(() => changeToRevoke(dual!, { current: one, previous: same, throwaway })).toThrow('the one of the file')
    const other = login('a', 'y')
    expect(() => changeToRevoke(alternating!, { current: one, previous: other, throwaway })).toThrow(
      'the one of the file',
    )
  })
})

describe('what somebody did to the file', () => {
  const begin = (strategy: 'dual' | 'alternating', user: string) =>
    newRecord({
      ...{
        name: 'x',
        file: 'x',
        driver: 'redis',
        strategy,
        target: '',
        emergency: false,
        failures: 0,
        now: new Date(0),
      },
      current: login('a', 'old'),
      pending: { user, password: new Secret('new') },
    })
  const promoted = moved(moved(begin('dual', 'a'), 'tested'), 'promoted', { previous: login('a', 'old') })
  it.each([
    ['nothing', begin('dual', 'a'), login('a', 'old'), null],
    ['another password before the promotion', begin('dual', 'a'), login('a', 'other'), 'replaced'],
    ['another user', begin('dual', 'a'), login('b', 'old'), 'replaced'],
    ['the new one itself', begin('dual', 'a'), login('a', 'new'), 'replaced'],
    ['the turn of the other user', begin('alternating', 'b'), login('b', 'old'), 'replaced'],
    ['a revert', promoted, login('a', 'old'), 'taken-back'],
    ['nothing, after it', promoted, login('a', 'new'), null],
    ['another password after it', promoted, login('a', 'other'), 'replaced'],
    ['nothing, in a rollback', moved(promoted, 'rolling-back'), login('a', 'old'), null],
    ['another password, in a rollback', moved(promoted, 'rolling-back'), login('a', 'other'), 'replaced'],
    ['the new one again, in a rollback', moved(promoted, 'rolling-back'), login('a', 'new'), 'replaced'],
    ['anything, when it is over', moved(moved(promoted, 'grace'), 'revoked', { pending: null }), login('z', 'z'), null],
  ] as const)('%s', (_, record, current, meddling) => {
    expect(meddlingWith(record, current)).toBe(meddling)
  })
})

describe('the exit status', () => {
  const of = (...outcomes: Outcome[]) => exitOf(outcomes.map((outcome) => ({ name: 'x', outcome, request: null })))
  const failed: Outcome = { kind: 'failed', code: 'unavailable', why: '', hint: null }
  it('is that of the worst', () => {
    expect(of()).toBe(0)
    expect(of({ kind: 'rotated' }, { kind: 'waiting', for: 'merge', until: null }, { kind: 'nothing', why: '' })).toBe(
      0,
    )
    expect(of({ kind: 'rolled-back', asked: true, why: '' })).toBe(0)
    for (const kind of ['breaker', 'drift', 'rollback-failed'] as const)
      expect(of({ kind: 'rotated' }, { kind, why: '' })).toBe(1)
    expect(of({ kind: 'rolled-back', asked: false, why: '' })).toBe(1)
    expect(of({ kind: 'drift', why: '' }, failed)).toBe(2)
  })
})
