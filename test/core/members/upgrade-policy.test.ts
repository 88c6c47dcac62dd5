import { describe, expect, it } from 'vitest'
import { classicalIn, upgradePolicy } from '../../../src/core/members/upgrade-policy.ts'
import { parsePolicy } from '../../../src/core/policy/policy.ts'
import { codeOf, newMember } from '../../support/sealing.ts'

const [ALICE, BOB, LAPTOP, OTHER] = await Promise.all([1, 2, 3, 4].map(async () => (await newMember()).recipient.text))
const [QUANTUM, SECOND] = await Promise.all([1, 2].map(async () => (await newMember('hybrid')).recipient.text))
const TODAY = '2026-05-01'

const upgraded = (text: string, given: Readonly<Record<string, readonly string[]>>) =>
  upgradePolicy({ text, file: 'sealward.yml' }, new Map(Object.entries(given)), TODAY)

describe('an upgrade of sealward.yml', () => {
  it('puts the new recipient where the old one stood, and leaves every other byte', () => {
    const text = `# who\nrecipients:\n  alice: ${ALICE} # since ever\n  bob: { keys: ${BOB}, since: 2025-01-01 }\nfiles:\n  - path: prod/**\n    recipients: [alice, ${ALICE}]\n`
    expect(upgraded(text, { alice: [QUANTUM!] })).toBe(text.replaceAll(ALICE!, QUANTUM!))
    expect(upgraded(text, { bob: [QUANTUM!] })).toBe(text.replace(BOB!, QUANTUM!).replace('2025-01-01', TODAY))
    expect(upgraded(text, {})).toBe(text)
  })

  it.each([
    [`recipients:\n  alice: [${ALICE}, ${LAPTOP}]\n`],
    [`recipients:\n  alice:\n    - ${ALICE}\n    - ${LAPTOP}\n`],
    [`recipients:\n  alice: [${ALICE}, ${LAPTOP}, ${OTHER}]\n`],
  ])('takes every classical key of somebody away: %#', (text) => {
    for (const keys of [[QUANTUM!], [QUANTUM!, SECOND!]])
      expect(parsePolicy(upgraded(text, { alice: keys }), 'x').members[0]!.keys).toEqual(keys)
  })

  it('takes the classical key of who has both kinds', () => {
    const text = `recipients:\n  alice: [${QUANTUM}, ${ALICE}]\n  bob: ${BOB}\n`
    for (const given of [{}, { alice: [QUANTUM!] }]) {
      const policy = parsePolicy(upgraded(text, given), 'x')
      expect(policy.members.map(({ keys }) => keys)).toEqual([[QUANTUM], [BOB]])
      expect(classicalIn(policy)).toEqual([{ name: 'bob', key: BOB }])
    }
  })

  it('knows classical keys that are in a list alone', () => {
    const policy = parsePolicy(`recipients: { a: ${QUANTUM} }\nfiles: [{ path: x, recipients: [a, ${OTHER}] }]`, 'x')
    expect(classicalIn(policy)).toEqual([{ name: null, key: OTHER }])
  })

  it('refuses a name that is not there, and a recipient that is no stronger', async () => {
    const text = `recipients: { alice: ${ALICE} }\n`
    expect(await codeOf(() => upgraded(text, { alcie: [QUANTUM!] }))).toBe('not-found')
    expect(await codeOf(() => upgraded(text, { alice: [BOB!] }))).toBe('recipient-invalid')
  })
})
