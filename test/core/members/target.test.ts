import { describe, expect, it } from 'vitest'
import { type KeyGroups, oneGroup } from '../../../src/core/envelope/keys/key-groups.ts'
import { namedFor, type PolicyChange, targetOf } from '../../../src/core/members/target.ts'
import { type Policy, parsePolicy } from '../../../src/core/policy/policy.ts'
import { refusal } from '../../support/sealing.ts'
import { madeUpRecipient } from '../policy/recipients.ts'

const NAMES = ['alice', 'bob', 'carol', 'dora'] as const
const [A, B, C, D] = NAMES.map(() => madeUpRecipient()) as [string, string, string, string]
const KEYS = { alice: A, bob: B, carol: C, dora: D }

/** A policy with some of them, and what it says of the file `f`. */
function policyOf(names: string, rule?: string): Policy {
  const members = names.split(' ').map((name) => `${name}: ${KEYS[name as keyof typeof KEYS]}`)
  const files = rule === undefined ? '' : `files: [{ path: f, ${rule} }]\n`
  return parsePolicy(`recipients: { ${members.join(', ')} }\n${files}`, 'sealward.yml')
}

const target = (actual: KeyGroups, before: Policy, after: Policy, more: Partial<PolicyChange> = {}) =>
  targetOf(actual, 'f', { before, after, ...more })
const two = (...groups: string[][]): KeyGroups => ({ groups, threshold: 2 })

describe('whom a file is for after a change of the policy', () => {
  it.each([
    ['has who comes, behind who was there', [A], policyOf('alice'), policyOf('alice bob'), [A, B]],
    ['loses who goes', [A, B], policyOf('alice bob'), policyOf('alice'), [A]],
    ['keeps a key that the policy never named', [A, D], policyOf('alice'), policyOf('alice bob'), [A, D, B]],
    ['is not mended otherwise', [A], policyOf('alice bob'), policyOf('alice bob carol'), [A, C]],
    ['has nobody twice', [A, B], policyOf('alice'), policyOf('alice bob'), [A, B]],
    [
      'loses a key that no entry has any more, though its own never had it',
      [A, B],
      policyOf('alice bob', 'recipients: [alice]'),
      policyOf('alice', 'recipients: [alice]'),
      [A],
    ],
  ])('%s', (_, actual, before, after, expected) => {
    expect(target(oneGroup(actual), before, after)).toEqual(oneGroup(expected))
  })

  it('loses an old key of who leaves, which no policy names', () => {
    const change = { leaving: new Set([D]) }
    expect(target(oneGroup([A, D]), policyOf('alice bob'), policyOf('alice'), change)).toEqual(oneGroup([A]))
  })

  it('has the key groups of the policy where those change or somebody in them goes, and its own until then', () => {
    const groups = policyOf('alice bob carol', 'key-groups: [[alice], [bob]]')
    const swapped = policyOf('alice bob carol', 'key-groups: [[alice], [carol]]')
    expect(target(two([A], [B]), groups, swapped)).toEqual(two([A], [C]))
    expect(target(two([A], [B], [D]), groups, groups)).toEqual(two([A], [B], [D]))
    expect(target(two([A], [B], [D]), groups, groups, { leaving: new Set([D]) })).toEqual(two([A], [B]))
  })
})

describe('a file of key groups that the policy does not have', () => {
  const everybody = policyOf('alice bob carol')
  it('loses who goes, and nothing else', () => {
    expect(target(two([A, C], [B]), everybody, policyOf('alice bob'))).toEqual(two([A], [B]))
    // A group that nobody was in before is not emptied by this.
    expect(target(two([A, C], [B], []), everybody, policyOf('alice bob'))).toEqual(two([A], [B], []))
  })

  it.each([
    ['nobody would be left in a group', policyOf('alice bob'), 'nobody would be left in a key group of the file'],
    [
      'somebody comes',
      policyOf('alice bob carol dora'),
      'the file has several key groups, and sealward.yml has none for it',
    ],
  ])('is refused where %s', async (_, after, said) => {
    const { code, message, hint } = await refusal(() => target(two([A, B], [C]), everybody, after))
    expect([code, message]).toEqual(['unsupported', said])
    expect(hint).toContain('key-groups')
  })
})

describe('whom a policy names for a file, and nobody else', () => {
  it.each([
    ['its members', policyOf('alice bob'), oneGroup([C]), oneGroup([A, B])],
    ['its key groups', policyOf('alice bob', 'key-groups: [[alice], [bob]]'), oneGroup([C]), two([A], [B])],
    [
      'those that the file has, where it has no members',
      parsePolicy('ledger: true', 'f'),
      two([A], [B]),
      two([A], [B]),
    ],
  ])('are %s', (_, policy, actual, expected) => {
    expect(namedFor(policy, actual, 'f')).toEqual(expected)
  })

  it('are never nobody, and no single group in the place of several', async () => {
    const elsewhere = parsePolicy(`recipients: { ci: { keys: ${A}, roles: [service] } }`, 'f')
    expect((await refusal(() => namedFor(elsewhere, oneGroup([A]), 'f'))).code).toBe('no-recipients')
    expect((await refusal(() => namedFor(policyOf('alice bob'), two([A], [B]), 'f'))).code).toBe('unsupported')
  })
})
