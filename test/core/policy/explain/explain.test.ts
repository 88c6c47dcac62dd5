import { describe, expect, it } from 'vitest'
import { explainSecret } from '../../../../src/core/policy/explain/explain-secret.ts'
import { printTables } from '../../../../src/core/policy/explain/rows.ts'
import { effectiveSettings } from '../../../../src/core/policy/explain/settings.ts'
import { parsePolicy } from '../../../../src/core/policy/policy.ts'
import { madeUpRecipient } from '../recipients.ts'

const FILE = '.env.production.encrypted'

describe('what is said of a variable', () => {
  it('names the rule of its file, by place', () => {
    const text = `recipients: { a: ${madeUpRecipient()} }\nfiles:\n  - path: '**/.env.*'\n`
    const table = explainSecret(parsePolicy(text, '/x/sealward.yml'), { name: 'A', file: FILE, relative: FILE })
    expect(table.rows[1]).toEqual({ key: 'recipients', value: '1 key', decidedBy: 'files[0], sealward.yml:3' })
  })

  it('says until when it is exempt, and by which entry', () => {
    const exempt = "{ until: '2027-01-31', reason: migration, approved-by: mona }"
    const policy = parsePolicy(`secrets: [{ name: 'A*', exempt: ${exempt} }]`, 'sealward.yml')
    const rows = ['AB', 'B'].map((name) => explainSecret(policy, { name, file: FILE, relative: FILE }).rows.at(-1)!)
    expect(rows.map(({ value, decidedBy }) => [value, decidedBy])).toEqual([
      ['until 2027-01-31', 'secrets[0], sealward.yml:1'],
      ['-', 'default: none'],
    ])
  })

  it('cannot write to the terminal: names, files and words of people are made printable', () => {
    const policy = parsePolicy('secrets: [{ name: "*", owner: "a\u202eb" }]', 'sealward.yml')
    const text = printTables([explainSecret(policy, { name: 'A\u001b[2J', file: 'a\u001b]0;x', relative: 'a' })])
    expect(text).not.toMatch(/[\u001b\u202e]/)
    expect(text).toContain('a\\u202eb')
  })
})

describe('what is said of a configuration', () => {
  it('has every environment of it, and one without a known kind counts as production', () => {
    const headings = effectiveSettings(parsePolicy('environments: { eu: {}, prod-us: {} }', 'f')).map(
      (one) => one.heading,
    )
    expect(headings).toEqual([
      'rotate-every',
      'environment eu (of no known kind: as production)',
      'environment prod-us (production)',
      'check',
    ])
  })

  it('says who is told, by kind and not by address', () => {
    const text = 'check: { notify: { webhook: { url: HOOK_URL }, slack: { url: SLACK_URL } } }'
    const check = effectiveSettings(parsePolicy(text, 'f')).at(-1)
    expect(check?.rows.at(-1)).toEqual({ key: 'notify', value: 'webhook, slack', decidedBy: 'f:1' })
  })
  const TOLD = `recipients:
  alice: { keys: ${madeUpRecipient()}, owner: [mona, octo-org/ops], roles: [admin, readonly], rotate-every: never }
  bob: [${madeUpRecipient()}, ${madeUpRecipient()}]
lockdown:
  since: 2026-11-21T12:00:00Z
  reason: a laptop is gone
  environments: [production]
secrets: [{ name: A, rotate-every: 30d }, { name: B, rotate-every: 30d }]
check: { post-quantum: required }
`
  const rowsOf = (text: string, heading: string) =>
    effectiveSettings(parsePolicy(text, '/x/sealward.yml'))
      .filter((table) => table.heading === heading)
      .flatMap(({ rows }) => rows.map((row) => `${row.key}: ${row.value} (${row.decidedBy})`))

  it.each([
    [
      'lockdown',
      TOLD,
      [
        'since: 2026-11-21T12:00:00.000Z (sealward.yml:4)',
        'environments: production (sealward.yml:4)',
        'refs: * (sealward.yml:4)',
      ],
    ],
    [
      'lockdown',
      'lockdown: { since: 2026-11-21T12:00:00Z, reason: x, refs: [refs/heads/main, refs/tags/*] }',
      [
        'since: 2026-11-21T12:00:00.000Z (sealward.yml:1)',
        'environments: * (sealward.yml:1)',
        'refs: refs/heads/main, refs/tags/* (sealward.yml:1)',
      ],
    ],
    ['lockdown', '', []],
    [
      'recipients',
      TOLD,
      [
        'alice: 1 key; rotate-every never; owner mona, octo-org/ops; roles admin, readonly (recipients, sealward.yml:2)',
        'bob: 2 keys; rotate-every 90d (default: keys of recipients)',
      ],
    ],
    ['entries', TOLD, ['secrets: 2 ()']],
  ])('has %s, with what stands for all and the line that decided', (heading, text, expected) => {
    expect(rowsOf(text, heading)).toEqual(expected)
  })

  it.each([
    [TOLD, ['post-quantum: required (sealward.yml:9)', 'heartbeat: - (default)']],
    ['check: { heartbeat: 2d }', ['post-quantum: optional (default)', 'heartbeat: 2d (sealward.yml:1)']],
  ])('has the questions of a check, also those that are not asked', (text, expected) => {
    expect(rowsOf(text, 'check').filter((row) => /^(?:post-quantum|heartbeat)/.test(row))).toEqual(expected)
  })
})
