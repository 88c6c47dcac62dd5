import { describe, expect, it } from 'vitest'
import { type CreationRule, creationRuleFor, parseSopsConfig } from '../../../../src/core/policy/sops/sops-config.ts'
import { refusal } from '../../dotenv/reading.ts'

function only(rule: string): CreationRule {
  return parseSopsConfig(`creation_rules:\n  - ${rule}`, '.sops.yaml').rules[0]!
}

describe('.sops.yaml', () => {
  it('is read with its anchors and merges, as teams write it', () => {
    const text = `
keys:
  - &alice age1alice
  - &bob age1bob
creation_rules:
  - &prod
    path_regex: \\.env\\.production
    encrypted_regex: ^SECRET
    mac_only_encrypted: true
    key_groups:
      - age: [*alice, *bob]
  - <<: *prod
    path_regex: \\.env\\.staging
    key_groups:
    age: *alice
  - age: >-
      age1alice,
      age1bob,
stores: { yaml: { indent: 2 } }
destination_rules: [{ s3_bucket: x }]
`
    const secrets = {
      rule: { kind: 'encrypted_regex', pattern: '^SECRET' },
      macOnlyEncrypted: true,
      foreign: [],
      keyGroups: null,
    }
    expect(parseSopsConfig(text, '.sops.yaml')).toEqual({
      file: '.sops.yaml',
      rules: [
        { line: 7, pathRegex: '\\.env\\.production', recipients: ['age1alice', 'age1bob'], ...secrets },
        { line: 12, pathRegex: '\\.env\\.staging', recipients: ['age1alice'], ...secrets },
        {
          line: 16,
          pathRegex: null,
          recipients: ['age1alice', 'age1bob'],
          rule: null,
          macOnlyEncrypted: false,
          foreign: [],
          keyGroups: null,
        },
      ],
      unknown: [{ line: 2, guess: null }],
    })
  })

  it.each(['', '# nothing', 'creation_rules:', 'creation_rules: []', 'stores: {}'])('%j has no rules', (text) => {
    expect(parseSopsConfig(text, 'f')).toEqual({ file: 'f', rules: [], unknown: [] })
  })

  it.each([
    ['{ age: "a, b,a ," }', ['a', 'b']],
    ['{ age: [a, "b,c"] }', ['a', 'b', 'c']],
    ['{ age: }', []],
    ['{ path_regex: x }', []],
    ['{ age: a, key_groups: [{ age: [b] }] }', ['b']],
    ['{ age: a, key_groups: [] }', ['a']],
    ['{ key_groups: [{ merge: [{ age: [a] }, { merge: [{ age: [b] }] }], age: [c] }] }', ['a', 'b', 'c']],
    ['{ key_groups: [{ age: [a] }, { age: [b, a] }] }', ['a', 'b']],
  ])('%s has the recipients %j', (rule, recipients) => {
    expect(only(rule).recipients).toEqual(recipients)
  })

  it.each([
    ['{ age: a }', []],
    ['{ kms: "", pgp: [], hckms: }', []],
    ['{ kms: arn, gcp_kms: [x], hckms: [x], azure_keyvault: x }', ['kms', 'gcp_kms', 'hckms', 'azure_keyvault']],
    ['{ hc_vault_transit_uri: x, pgp: "A,B" }', ['hc_vault_transit_uri', 'pgp']],
    ['{ kms: arn, key_groups: [{ age: [a], pgp: [A] }] }', ['pgp']],
    ['{ key_groups: [{ merge: [{ kms: [{ arn: x }] }], hc_vault: [x] }] }', ['kms', 'hc_vault']],
    ['{ key_groups: [{ age: [a] }, { age: [b] }], shamir_threshold: 2 }', []],
    ['{ key_groups: [{ age: [a] }, { gcp_kms: [{ resource_id: x }] }] }', ['gcp_kms']],
  ])('%s asks for the foreign keys %j', (rule, foreign) => {
    expect(only(rule).foreign).toEqual(foreign)
  })

  it.each([
    ['{ age: a, shamir_threshold: 2 }', null],
    ['{ key_groups: [{ age: [a] }] }', null],
    ['{ key_groups: [{ age: [a] }, { age: [b] }, { age: c }] }', [[['a'], ['b'], ['c']], 3]],
    ['{ key_groups: [{ age: [a] }, { age: [b] }, { age: c }], shamir_threshold: 0 }', [[['a'], ['b'], ['c']], 3]],
    [
      '{ key_groups: [{ age: [a], merge: [{ age: [b] }] }, { age: [c, a, c] }], shamir_threshold: 2 }',
      [
        [
          ['b', 'a'],
          ['c', 'a'],
        ],
        2,
      ],
    ],
  ])('%s has the key groups and the threshold %j', (rule, wanted) => {
    const { keyGroups } = only(rule)
    expect(keyGroups && [keyGroups.groups, keyGroups.threshold]).toEqual(wanted)
  })

  it.each([
    ['true', true],
    ['yes', true],
    ['on', true],
    ['y', true],
    ['false', false],
    ['no', false],
    ['off', false],
    ['n', false],
    ['', false],
  ])('mac_only_encrypted: %s is %s', (word, value) => {
    expect(only(`{ mac_only_encrypted: ${word} }`).macOnlyEncrypted).toBe(value)
  })

  it.each([
    'unencrypted_suffix',
    'encrypted_suffix',
    'unencrypted_regex',
    'encrypted_regex',
    'unencrypted_comment_regex',
    'encrypted_comment_regex',
  ])('has the rule %s', (kind) => {
    expect(only(`{ ${kind}: x }`).rule).toEqual({ kind, pattern: 'x' })
  })

  it('has no rule where it is empty, as sops has it', () => {
    expect(only('{ encrypted_regex: "", encrypted_suffix: }').rule).toBeNull()
  })

  it('ignores unknown keys, as sops does, and hands back where they are and what was probably meant', () => {
    const text = `creation_rule: []
creation_rules:
  - path_regexp: x
    age: a
    key_groups:
      - ages: [a]
        merge:
          - pgpp: [A]
          - zzzzzz: 1`
    expect(parseSopsConfig(text, 'f').unknown).toEqual([
      { line: 1, guess: 'creation_rules' },
      { line: 3, guess: 'path_regex' },
      { line: 6, guess: 'age' },
      { line: 8, guess: 'pgp' },
      { line: 9, guess: null },
    ])
  })

  it.each([
    ['creation_rules: {}', 1, 'creation_rules must be a list'],
    ['creation_rules:\n  - x', 2, 'creation_rules[0] must be a map of names and values'],
    ['creation_rules:\n  - []', 2, 'creation_rules[0] must be a map of names and values'],
    ['creation_rules:\n  - age: 1', 2, 'creation_rules[0].age must be text or a list of texts'],
    ['creation_rules:\n  - age: [1]', 2, 'creation_rules[0].age must be text or a list of texts'],
    ['creation_rules:\n  - path_regex: [a]', 2, 'creation_rules[0].path_regex must be text'],
    ['creation_rules:\n  - mac_only_encrypted: maybe', 2, 'creation_rules[0].mac_only_encrypted must be true or false'],
    ['creation_rules:\n  - shamir_threshold: two', 2, 'creation_rules[0].shamir_threshold must be a number'],
    [
      'creation_rules:\n  - { encrypted_regex: a, encrypted_suffix: b }',
      2,
      'has more than one of the six encryption rules',
    ],
    ['creation_rules:\n  - age: a\n    age: b', 3, 'a key that stands in the same map already'],
  ])('%j is refused at line %i: %s', (text, line, message) => {
    expect(refusal(() => parseSopsConfig(text, '.sops.yaml'))).toMatchObject({
      code: 'policy-invalid',
      file: '.sops.yaml',
      line,
      message: expect.stringContaining(message),
    })
  })
})

describe('the creation rule of a file', () => {
  const config = parseSopsConfig(
    `creation_rules:
  - path_regex: \\.production\\.encrypted$
  - path_regex: ^apps/
  - path_regex: (?i)secret
`,
    '.sops.yaml',
  )

  it.each([
    ['.env.production.encrypted', 2],
    ['apps/a/.env.production.encrypted', 2],
    ['apps/a/.env.encrypted', 3],
    ['other/apps/.env', undefined],
    ['my/SECRETS.env', 4],
  ])('%s is the first whose expression is found in its path (line %s)', async (path, line) => {
    expect((await creationRuleFor(config, path))?.line).toBe(line)
  })

  it('may be one without an expression, which is for every file', async () => {
    expect(await creationRuleFor(parseSopsConfig('creation_rules: [{ age: a }]', 'f'), 'x')).not.toBeNull()
  })

  it('is never found past an expression that is not RE2', async () => {
    const broken = parseSopsConfig(
      'creation_rules:\n  - path_regex: a\n  - path_regex: (?=x)\n  - age: a',
      '.sops.yaml',
    )
    expect((await creationRuleFor(broken, 'a'))?.line).toBe(2)
    await expect(creationRuleFor(broken, 'x')).rejects.toMatchObject({
      code: 'policy-invalid',
      file: '.sops.yaml',
      line: 3,
    })
  })
})
