import { describe, expect, it } from 'vitest'
import type { CustomRule } from '../../../../src/core/policy/scan/scan-policy.ts'
import { rulesFor } from '../../../../src/core/scan/custom/rules-for.ts'
import { judgeBlob } from '../../../../src/core/scan/judge.ts'
import { RULES } from '../../../../src/core/scan/rules.ts'
import { fillTemplate, seeded } from '../templates.ts'

const RULE: CustomRule = {
  line: 7,
  id: 'corp-token',
  what: 'a token of the corporation',
  keywords: ['corp_'],
  pattern: 'corp_[0-9a-z]{20}\\b',
  group: 0,
  near: null,
  severity: 'medium',
  confidence: 'high',
  advice: 'Ask the desk for another.',
  hits: [],
  misses: [],
}

describe('the rules to judge by', () => {
  it('are those that are built in where somebody has none of their own', async () => {
    expect(await rulesFor(null)).toBe(RULES)
    expect(await rulesFor({ file: 'sealward.yml', rules: [] })).toBe(RULES)
  })

  it('find with their own words what somebody looks for, and everything else as before', async () => {
    const rules = await rulesFor({ file: 'sealward.yml', rules: [RULE] })
    const text = fillTemplate('x corp_{a36:20}\n\ndb_password = "{b62:8}!{d:3}"\n', seeded(3))
    const hits = await judgeBlob({ path: 'a.py', bytes: Buffer.from(text) }, rules)
    expect(hits.map(({ finding: { rule, line, message, fix } }) => [rule, line, message, fix])).toEqual([
      ['corp-token', 1, RULE.what, RULE.advice],
      ['generic-password', 3, expect.any(String), expect.any(String)],
    ])
    expect(rules).toHaveLength(RULES.length)
  })

  it('have no id twice', async () => {
    const rules = [{ ...RULE, id: 'github-pat' }]
    await expect(rulesFor({ file: 'sealward.yml', rules })).rejects.toMatchObject({ code: 'policy-invalid', line: 7 })
  })
})
