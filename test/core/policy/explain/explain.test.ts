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
})
