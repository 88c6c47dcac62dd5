import { describe, expect, it } from 'vitest'
import { parsePolicy } from '../../../../src/core/policy/policy.ts'
import { allowancesToMend } from '../../../../src/core/scan/allow/mend.ts'

const POLICY = parsePolicy(
  `scan:
  disable:
    - { rule: jvt, reason: misspelt }
  allow:
    - { path: docs/**, rule: jwt, reason: examples, expires: 2026-05-31 }
    - { path: docs/**, reason: of every rule }
hook:
  allow:
    - { path: test/**, rule: github-pta, reason: misspelt }
    - { path: test/**, rule: npm-access-token, reason: a rule that there is }
`,
  'sealward.yml',
)
const [NOW, BEFORE] = [new Date('2026-06-01T12:00Z'), new Date('2026-05-31T12:00Z')]
const ruleIds = async () => new Set(['jwt', 'github-pat', 'npm-access-token'])
const found = (file: string) => [{ rule: 'jwt', file, message: 'a token' }]
const linesOf = async (file: string, now: Date) =>
  (await allowancesToMend(POLICY, { findings: found(file), now, ruleIds })).map(({ line }) => line)

describe('an allowance to mend', () => {
  it('is one that would cover a finding and has expired, or that names a rule which there is not', async () => {
    expect(await allowancesToMend(POLICY, { findings: found('docs/a'), now: NOW, ruleIds })).toEqual([
      { file: 'sealward.yml', line: 3, why: 'it names a rule that there is not' },
      { file: 'sealward.yml', line: 5, why: 'the allowance has expired on 2026-05-31' },
      { file: 'sealward.yml', line: 9, why: 'it names a rule that there is not' },
    ])
  })

  it('is none on its last day, nor where it would cover nothing', async () => {
    expect(await linesOf('docs/a', BEFORE)).toEqual([3, 9])
    expect(await linesOf('src/a', NOW)).toEqual([3, 9])
  })

  it('is found without a list of all rules where findings have every rule that is named', async () => {
    const policy = parsePolicy('scan: { disable: [{ rule: jwt, reason: many }] }', 'sealward.yml')
    const asked = () => Promise.reject(new Error('nobody needs it'))
    expect(await allowancesToMend(policy, { findings: found('a'), now: NOW, ruleIds: asked })).toEqual([])
  })
})
