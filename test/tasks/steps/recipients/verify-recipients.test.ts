import { describe, expect, it } from 'vitest'
import { encryptNew } from '../../../../src/core/envelope/encrypt.ts'
import { printEncryptedFile } from '../../../../src/core/envelope/file.ts'
import { DEFAULT_RULE } from '../../../../src/core/envelope/values/rule.ts'
import { parsePolicy } from '../../../../src/core/policy/policy.ts'
import { printSopsConfig } from '../../../../src/core/policy/sops/print-sops.ts'
import { verifyRecipients } from '../../../../src/tasks/steps/recipients/verify-recipients.ts'
import { memoryWorld } from '../../../fakes/memory-world.ts'
import { bytesOf, type Member, newMember, seal } from '../../../support/sealing.ts'

const [alice, bob, stranger] = [await newMember(), await newMember(), await newMember()]
const document = [{ kind: 'entry', name: 'A', value: '1' }] as const
const policy = `recipients: { alice: ${alice.recipient.text}, bob: ${bob.recipient.text} }\nfiles: [{ path: prod, recipients: [alice] }]\n`

async function rulesFor(path: string, members: Parameters<typeof seal>[1], text = policy): Promise<string[]> {
  return rulesOf(path, await seal(document, members), { 'sealward.yml': text })
}

async function rulesOf(path: string, bytes: Uint8Array, files: Readonly<Record<string, string>>): Promise<string[]> {
  const world = memoryWorld({ ...files, [path]: bytes })
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

  it('says when several key groups are needed, and by sealward.yml others or none', async () => {
    const keys = (...groups: readonly (readonly Member[])[]) =>
      groups.map((group) => group.map(({ recipient }) => recipient))
    const grouped = async (threshold: number, ...groups: readonly (readonly Member[])[]) => {
      const keyGroups = { groups: keys(...groups), threshold }
      const envelope = { recipients: keys(...groups).flat(), keyGroups, rule: DEFAULT_RULE, macOnlyEncrypted: false }
      return printEncryptedFile(await encryptNew(document, envelope, new Date(0)))
    }
    const two = policy.replace('recipients: [alice] }', 'key-groups: [[alice], [bob]] }')
    const rules = async (bytes: Uint8Array, text = two) => rulesOf('prod', bytes, { 'sealward.yml': text })
    expect(await rules(await grouped(2, [bob], [alice]))).toEqual([])
    expect(await rules(await seal(document, [alice, bob]))).toEqual(['recipients-differ'])
    expect(await rules(await grouped(2, [alice, bob], [bob]))).toEqual(['recipients-differ'])
    expect(await rules(await grouped(2, [alice], [bob], [alice]))).toEqual(['recipients-differ'])
    expect(await rules(await grouped(2, [alice], [bob, stranger], [stranger]))).toEqual([
      'not-in-policy',
      'recipients-differ',
    ])
    expect(await rules(await grouped(2, [alice], [alice]), policy)).toEqual(['recipients-differ'])
  })

  it('says when .sops.yaml names others for it than sealward.yml', async () => {
    const bytes = await seal(document, [alice, bob])
    const rules = (config: string) => rulesOf('x', bytes, { 'sealward.yml': policy, '.sops.yaml': config })
    const both = `${alice.recipient.text},${bob.recipient.text}`
    expect(await rules(printSopsConfig(parsePolicy(policy, 'sealward.yml'), [])!)).toEqual([])
    expect(await rules(`creation_rules: [{ age: '${both}' }]`)).toEqual([])
    expect(await rules(`creation_rules: [{ path_regex: other, age: ${alice.recipient.text} }]`)).toEqual([])
    expect(await rules(`creation_rules: [{ age: ${alice.recipient.text} }]`)).toEqual(['sops-config-differs'])
    const older = policy.replace(/, bob: \w+/, '')
    expect(await rules(printSopsConfig(parsePolicy(older, 'sealward.yml'), [])!)).toEqual(['sops-config-differs'])
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
