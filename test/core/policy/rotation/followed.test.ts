import { describe, expect, it } from 'vitest'
import { environmentOf } from '../../../../src/core/policy/environments.ts'
import { keyGroupsFor, recipientsFor } from '../../../../src/core/policy/match.ts'
import { parsePolicy } from '../../../../src/core/policy/policy.ts'
import { newMember } from '../../../support/sealing.ts'

describe('the record of a rotation', () => {
  it('is for those, and in the environment, of the file that it is about', async () => {
    const [alice, bob, carol] = await Promise.all(['a', 'b', 'c'].map(async () => (await newMember()).recipient.text))
    const policy = parsePolicy(
      [
        `recipients: { alice: ${alice}, bob: ${bob}, carol: ${carol} }`,
        'files:',
        '  - { path: production/**, recipients: [alice] }',
        '  - { path: shared/**, key-groups: [[alice], [bob, carol]] }',
        'rotation:',
        '  credentials:',
        '    - { name: orders, path: production/.env.encrypted, url: DATABASE_URL }',
        '    - { name: shared, path: shared/.env.encrypted, url: DATABASE_URL }',
      ].join('\n'),
      'sealward.yml',
    )
    const at = (name: string) => `.sealward/rotations/${name}.rotation`
    expect(recipientsFor(policy, at('orders'))).toEqual([alice])
    expect(environmentOf(policy, at('orders'))).toBe('production')
    expect(keyGroupsFor(policy, at('shared'))).toEqual(keyGroupsFor(policy, 'shared/.env.encrypted'))
    expect(recipientsFor(policy, at('gone'))).toEqual([alice, bob, carol])
    expect(environmentOf(policy, at('gone'))).toBeNull()
  })
})
