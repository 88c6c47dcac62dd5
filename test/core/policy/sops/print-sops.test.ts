import { describe, expect, it } from 'vitest'
import { oneGroup, sameGroups } from '../../../../src/core/envelope/keys/key-groups.ts'
import { keyGroupsFor, ruleFor } from '../../../../src/core/policy/match.ts'
import { parsePolicy } from '../../../../src/core/policy/policy.ts'
import { isGenerated, printSopsConfig } from '../../../../src/core/policy/sops/print-sops.ts'
import { creationRuleFor, parseSopsConfig } from '../../../../src/core/policy/sops/sops-config.ts'
import { bytesOf } from '../../../support/sealing.ts'
import { realRecipient } from '../recipients.ts'

const [A, B, C, D] = await Promise.all([realRecipient(), realRecipient(), realRecipient(), realRecipient()])

const POLICY = `
recipients:
  alice: ${A}
  bob: [${B}]
  carol: { keys: ${C}, roles: [stager] }
roles:
  stager: { paths: ['stage/**'] }
files:
  - path: prod/**
    key-groups: [[alice], [bob, carol], [${D}]]
    threshold: 2
    encryption: { encrypted-regex: "it's|\\\\d" }
  - path: '{a,b}/*.encrypted'
    recipients: [bob]
    encryption: { unencrypted-suffix: _PLAIN, mac-only-encrypted: true }
  - path: stage/x
`
const PATHS = [
  'prod/.env.encrypted',
  'prod/x/y.env.encrypted',
  'a/.env.encrypted',
  'b/c/.env.encrypted',
  '.env.encrypted',
  'aprod/x',
  'stage/.env.encrypted',
  'stage/x',
]

const read = (text: string) => parseSopsConfig(text, '.sops.yaml')

describe('a .sops.yaml from a sealward.yml', () => {
  it('says of every file what that says, who comes by a role included', async () => {
    const policy = parsePolicy(POLICY, 'sealward.yml')
    const config = read(printSopsConfig(policy, PATHS)!)
    expect(config.unknown).toEqual([])
    for (const path of PATHS) {
      const rule = (await creationRuleFor(config, path))!
      const wanted = keyGroupsFor(policy, path)
      expect(sameGroups(rule.keyGroups ?? oneGroup(rule.recipients), wanted), path).toBe(true)
      const { encryption } = ruleFor(policy, path) ?? { encryption: { rule: null, macOnlyEncrypted: false } }
      expect({ rule: rule.rule, macOnlyEncrypted: rule.macOnlyEncrypted }, path).toEqual(encryption)
    }
  })

  it('names people, is known again, and is none where nobody is named', () => {
    const text = printSopsConfig(parsePolicy(POLICY, 'sealward.yml'), [])!
    expect(text).toContain(`- ${A} # alice\n`)
    expect(isGenerated(bytesOf(text))).toBe(true)
    expect(isGenerated(bytesOf('creation_rules: []\n'))).toBe(false)
    expect(printSopsConfig(parsePolicy('version: 1\n', 'sealward.yml'), [])).toBeNull()
  })
})
