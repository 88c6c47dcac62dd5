import { describe, expect, it } from 'vitest'
import { envelopeOf, envelopeOfSops } from '../../../../../src/core/policy/envelope.ts'
import { keyGroupsFor, recipientsFor } from '../../../../../src/core/policy/match.ts'
import { parsePolicy } from '../../../../../src/core/policy/policy.ts'
import { bytesOf, codeOf, refusal } from '../../../../support/sealing.ts'
import { realRecipient } from '../../recipients.ts'

const [A, B, C, D] = await Promise.all([realRecipient(), realRecipient(), realRecipient(), realRecipient()])
const policy = (rule: string) =>
  parsePolicy(
    `recipients: { alice: [${A}, ${B}], bob: ${B}, carol: { keys: ${C}, roles: [admin] } }\nfiles:\n  - { path: x, ${rule} }\n`,
    'sealward.yml',
  )

describe('key-groups in files', () => {
  it('are read with the names resolved, each recipient once in a group', () => {
    const read = policy(`key-groups: [[alice, bob], [${C}], [bob]]`)
    const groups = { groups: [[A, B], [C], [B]], threshold: 3 }
    expect(keyGroupsFor(read, 'x')).toEqual(groups)
    expect(recipientsFor(read, 'x')).toEqual([A, B, C])
  })

  it('are all needed without a threshold, and nobody comes in by a role', () => {
    const read = policy(`key-groups: [[alice], [${D}]]`)
    expect(keyGroupsFor(read, 'x')).toEqual({ groups: [[A, B], [D]], threshold: 2 })
    expect(recipientsFor(read, 'x')).toEqual([A, B, D])
    expect(keyGroupsFor(read, 'y')).toMatchObject({ threshold: 1, groups: [[A, B, C]] })
  })

  it('come into the envelope of a new file, from sealward.yml and from .sops.yaml', async () => {
    const texts = (found: Awaited<ReturnType<typeof envelopeOf>>) => [
      found!.keyGroups?.groups.map((members) => members.map(({ text }) => text)),
      found!.keyGroups?.threshold,
    ]
    expect(texts(await envelopeOf(policy('key-groups: [[alice], [carol]]'), 'x'))).toEqual([[[A, B], [C]], 2])
    const sops = (rule: string) => ({ file: '.sops.yaml', relative: 'x', bytes: bytesOf(`creation_rules: [${rule}]`) })
    const groups = `key_groups: [{ age: [${A}] }, { age: [${B}] }, { age: [${C}] }]`
    expect(texts(await envelopeOfSops(sops(`{ ${groups}, shamir_threshold: 2 }`)))).toEqual([[[A], [B], [C]], 2])
    for (const threshold of [1, 4, 1.5, -1])
      expect(await refusal(() => envelopeOfSops(sops(`{ ${groups}, shamir_threshold: ${threshold} }`)))).toMatchObject({
        code: 'policy-invalid',
        line: 1,
      })
    expect(await codeOf(() => envelopeOfSops(sops(`{ key_groups: [{ age: [${A}] }, {}] }`)))).toBe('policy-invalid')
  })

  it.each([
    ['recipients: [bob], key-groups: [[alice], [bob]]', 'recipients and key-groups'],
    ['key-groups: [[alice, bob]]', 'one group only'],
    ['key-groups: [[alice], []]', 'must not be empty'],
    ['key-groups: [alice, bob]', 'list'],
    ['key-groups: [[alice], [bob]], threshold: 1', '2 at least'],
    ['key-groups: [[alice], [bob]], threshold: 3', 'more key-groups than there are'],
    ['recipients: [alice], threshold: 2', 'more key-groups than there are'],
    ['key-groups: [[alice], [bob, dora]]', 'name that recipients does not have'],
    ['key-groups: [[carol, alice], [carol]]', 'carol is in so many key-groups that nobody else would be needed'],
    [`key-groups: [[${A}], [${B}]]`, 'alice is in so many key-groups'],
    ['key-groups: [[alice], [bob], [carol]], threshold: 2', 'alice is in so many key-groups'],
    [`key-groups: [[${D}], [${D}]]`, 'one recipient is in so many key-groups'],
  ])('%s is refused: %s', async (rule, why) => {
    expect(await refusal(() => policy(rule))).toMatchObject({
      code: 'policy-invalid',
      message: expect.stringContaining(why),
    })
  })
})
