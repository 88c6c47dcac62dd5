import { describe, expect, it } from 'vitest'
import { verifyRecipients } from '../../../src/tasks/steps/verify-recipients.ts'
import { memoryWorld } from '../../fakes/memory-world.ts'
import { bytesOf, newMember, seal } from '../../support/sealing.ts'

const [alice, bob, stranger] = [await newMember(), await newMember(), await newMember()]
const document = [{ kind: 'entry', name: 'A', value: '1' }] as const
const policy = `recipients: { alice: ${alice.recipient.text}, bob: ${bob.recipient.text} }\nfiles: [{ path: prod, recipients: [alice] }]\n`

async function rulesFor(path: string, members: Parameters<typeof seal>[1], text = policy): Promise<string[]> {
  const bytes = await seal(document, members)
  const world = memoryWorld({ 'sealward.yml': text, [path]: bytes })
  const findings = await verifyRecipients({ path, bytes }, world)
  expect(JSON.stringify(findings)).not.toContain(stranger.recipient.text)
  return findings.map(({ rule }) => rule)
}

describe('holding recipients against sealward.yml', () => {
  it.each([
    ['those whom it names', 'x', [alice, bob], []],
    ['those whom the rule names', 'prod', [alice], []],
    ['one too few', 'x', [alice], ['recipients-differ']],
    ['one too many for the rule', 'prod', [alice, bob], ['recipients-differ']],
    ['somebody it does not know', 'prod', [alice, stranger], ['not-in-policy']],
    ['others altogether', 'prod', [bob, stranger], ['not-in-policy', 'recipients-differ']],
  ] as const)('%s', async (_, path, members, rules) => {
    expect(await rulesFor(path, members)).toEqual(rules)
  })

  it('asks nothing where it names nobody', async () => {
    expect(await rulesFor('x', [stranger], 'recipients: {}\n')).toEqual([])
    expect(await rulesFor('x', [stranger], 'version: 1\n')).toEqual([])
  })

  it('leaves a file that cannot be read to whoever inspects it', async () => {
    const world = memoryWorld({ 'sealward.yml': policy })
    for (const text of ['A=1\n', 'sops_version=x\n'])
      expect(await verifyRecipients({ path: 'x', bytes: bytesOf(text) }, world)).toEqual([])
  })
})
