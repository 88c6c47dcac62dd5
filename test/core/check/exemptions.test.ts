import { describe, expect, it } from 'vitest'
import { excused, judgeExemptions } from '../../../src/core/check/exemptions.ts'
import type { Judged } from '../../../src/core/check/judged.ts'
import { parsePolicy } from '../../../src/core/policy/policy.ts'
import { termsFor } from '../../../src/core/policy/secret-terms.ts'

const POLICY = parsePolicy(
  `
secrets:
  - name: [A_*, B]
    path: "deploy/**"
    owner: octocat
    exempt: { reason: the reason, until: 2026-12-01, approved-by: ada }
`,
  'sealward.yml',
)
const LATE: Judged = {
  ...{ id: 'x', kind: 'secret', rule: 'rotate-every', level: 'late', name: 'A_KEY', environment: null, place: null },
  ...{ message: 'is old', since: null, sinceIsExact: false, due: null, end: null, owners: [], reasons: ['why'] },
  advice: 'Rotate it.',
}

function termsOf(name: string) {
  return termsFor(POLICY, { name, file: 'deploy/.env.encrypted', environment: null })
}

describe('an exemption', () => {
  it.each([
    ['2026-11-16T23:59:59Z', 'ok', 'ends on 2026-12-01'],
    ['2026-11-18T00:00:00Z', 'due', 'ends on 2026-12-01'],
    ['2026-12-01T23:59:59Z', 'due', 'ends on 2026-12-01'],
    ['2026-12-02T00:00:00Z', 'late', 'ended on 2026-12-01'],
  ])('at %s is %s: %s', (at, level, message) => {
    const [judged, ...others] = judgeExemptions(POLICY, new Date(at))
    expect(judged).toMatchObject({ level, message, kind: 'exemption', rule: 'exemption-end', owners: ['octocat'] })
    expect(judged).toMatchObject({ name: 'A_*, B in deploy/**', place: { file: 'sealward.yml', line: 3 } })
    expect(judged!.due).toEqual(new Date('2026-11-18T00:00:00Z'))
    expect(judged!.end).toEqual(new Date('2026-12-02T00:00:00Z'))
    expect(others).toEqual([])
    expect(JSON.stringify(judged)).not.toContain('the reason')
  })

  it('is judged only where there is one: an entry without, or one that says that there is none, is no question', () => {
    const rest = 'secrets:\n  - { name: A, owner: octocat }\n  - { name: B, rotate-every: 30d }\n'
    expect(judgeExemptions(parsePolicy(rest, 'sealward.yml'), new Date())).toEqual([])
  })

  it('makes of what is late something in order, which says until when and what it would be', () => {
    const before = new Date('2026-12-01T23:59:59Z')
    expect(excused(LATE, termsOf('A_KEY'), before)).toEqual({
      ...LATE,
      level: 'ok',
      message: 'is old; exempt until 2026-12-01',
      reasons: ['late, but exempt: secrets[0], sealward.yml:3', 'why'],
    })
  })

  it('leaves alone what is in order, what it is not about, and everything after its last day', () => {
    const [before, after] = [new Date('2026-12-01T00:00:00Z'), new Date('2026-12-02T00:00:00Z')]
    const fine: Judged = { ...LATE, level: 'ok' }
    expect(excused(fine, termsOf('A_KEY'), before)).toBe(fine)
    expect(excused(LATE, termsOf('OTHER'), before)).toBe(LATE)
    expect(excused(LATE, termsOf('A_KEY'), after)).toBe(LATE)
  })
})
