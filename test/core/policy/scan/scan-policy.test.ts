import { describe, expect, it } from 'vitest'
import { isAllowed } from '../../../../src/core/policy/match.ts'
import { parsePolicy } from '../../../../src/core/policy/policy.ts'
import { fails, ignoredBy } from '../../../../src/core/policy/scan/scan-match.ts'
import { refusal } from '../../dotenv/reading.ts'

const WHOLE = `
scan:
  allow:
    - { path: docs/**, rule: private-key, reason: examples, expires: 2027-01-31 }
  ignore:
    - { path: vendor/**, reason: theirs }
    - { path: '**/*.min.js', reason: made }
  disable:
    - { rule: generic-url, reason: too many }
  fail-on: { severity: high, confidence: medium }
  rules:
    - id: corp-token
      what: a token
      keywords: [CORP_]
      pattern: corp_(\\d+)
      group: 1
      near: [Key]
      severity: low
      confidence: high
      advice: Revoke it.
      hits: ['key corp_1234']
      misses: [corp]
`

const RULE =
  'id: a, what: a b, keywords: [abc], pattern: a, severity: low, confidence: low, advice: b, hits: [a], misses: [b]'

describe('the section scan', () => {
  it('is read as a whole', () => {
    expect(parsePolicy(WHOLE, 'f').scan).toEqual({
      allow: [{ line: 4, path: 'docs/**', rule: 'private-key', reason: 'examples', expires: '2027-01-31' }],
      ignore: [
        { line: 6, path: 'vendor/**', reason: 'theirs' },
        { line: 7, path: '**/*.min.js', reason: 'made' },
      ],
      disable: [{ line: 9, rule: 'generic-url', reason: 'too many' }],
      failOn: { severity: 'high', confidence: 'medium' },
      rules: [
        {
          line: 12,
          id: 'corp-token',
          what: 'a token',
          keywords: ['corp_'],
          pattern: 'corp_(\\d+)',
          group: 1,
          near: ['key'],
          severity: 'low',
          confidence: 'high',
          advice: 'Revoke it.',
          hits: ['key corp_1234'],
          misses: ['corp'],
        },
      ],
    })
  })

  it('has what a rule leaves out: the whole match, anywhere', () => {
    expect(parsePolicy(`scan: { rules: [{ ${RULE} }] }`, 'f').scan.rules[0]).toMatchObject({ group: 0, near: null })
  })

  it.each([
    ['scan: { ignore: [{ path: a }] }', 'scan.ignore[0] needs the key reason'],
    ['scan: { disable: [{ rule: a, reason: " " }] }', 'scan.disable[0].reason must not be empty'],
    ['scan: { allow: [{ path: a }] }', 'scan.allow[0] needs the key reason'],
    ['scan: { fail-on: { severity: worst } }', 'severity must be low, medium, high or critical'],
    ['scan: { fail-on: { confidence: critical } }', 'confidence must be low, medium or high'],
    [`scan: { rules: [{ ${RULE.replace('[abc]', '[ab]')} }] }`, 'keywords[0] must be 3 to 64 characters of ASCII'],
    [`scan: { rules: [{ ${RULE.replace('[abc]', '[äöü]')} }] }`, 'keywords[0] must be 3 to 64 characters of ASCII'],
    [`scan: { rules: [{ ${RULE.replace('[abc]', '[]')} }] }`, 'keywords must not be empty'],
    [`scan: { rules: [{ ${RULE.replace('hits: [a]', 'hits: []')} }] }`, 'hits must not be empty'],
    [`scan: { rules: [{ ${RULE.replace(', misses: [b]', '')} }] }`, 'needs the key misses'],
    [`scan: { rules: [{ ${RULE}, group: -1 }] }`, 'group must not be negative'],
    [`scan: { rules: [{ ${RULE}, near: [] }] }`, 'near must not be empty'],
    [`scan: { rules: [{ ${RULE} }, { ${RULE} }] }`, 'scan.rules[1].id stands above already'],
  ])('is refused: %s', (text, message) => {
    expect(refusal(() => parsePolicy(text, 'f'))).toMatchObject({
      code: 'policy-invalid',
      message: expect.stringContaining(message),
    })
  })

  it('allows what hook.allow allows, and the other way round', () => {
    const policy = parsePolicy(`${WHOLE}hook: { allow: [{ path: test/**, reason: made up }] }`, 'f')
    const now = new Date('2027-01-31T23:59Z')
    expect(isAllowed(policy, { path: 'docs/a', rule: 'private-key', now })).toEqual({ reason: 'examples' })
    expect(isAllowed(policy, { path: 'test/a', rule: 'private-key', now })).toEqual({ reason: 'made up' })
    expect(isAllowed(policy, { path: 'docs/a', rule: 'private-key', now: new Date('2027-02-01') })).toBeNull()
  })

  it('says why a file is not looked at', () => {
    const ignored = ignoredBy(parsePolicy(WHOLE, 'f').scan)
    expect(['vendor/a/b', 'src/x.min.js', 'src/x.js'].map(ignored)).toEqual(['theirs', 'made', null])
  })

  it.each([
    [{ severity: 'high', confidence: 'medium' }, true],
    [{ severity: 'critical', confidence: 'high' }, true],
    [{ severity: 'medium', confidence: 'high' }, false],
    [{ severity: 'critical', confidence: 'low' }, false],
    [{}, true],
  ] as const)('with a floor, %j fails: %s', (given, expected) => {
    const finding = { rule: 'a', file: 'b', message: '', ...given }
    expect(fails(parsePolicy(WHOLE, 'f').scan, finding)).toBe(expected)
    expect(fails({ failOn: 'never' }, finding)).toBe(false)
  })
})
