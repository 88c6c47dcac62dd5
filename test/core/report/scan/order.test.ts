import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Finding } from '../../../../src/core/finding.ts'
import { byUrgency, countBySeverity, sayCounts } from '../../../../src/core/report/scan/order.ts'
import { DOTENV, PASSWORD, RICH, TOKEN } from './outcome.ts'

const finding: fc.Arbitrary<Finding> = fc.record(
  {
    rule: fc.constantFrom('a', 'b'),
    file: fc.constantFrom('x', 'y', 'ä'),
    message: fc.constant('a secret'),
    severity: fc.constantFrom('critical' as const, 'high' as const, 'medium' as const, 'low' as const),
    confidence: fc.constantFrom('high' as const, 'medium' as const, 'low' as const),
    line: fc.integer({ min: 1, max: 3 }),
    column: fc.integer({ min: 1, max: 3 }),
  },
  { requiredKeys: ['rule', 'file', 'message'] },
)

/** What a rule leaves unsaid, and the order takes as said. */
const asJudged = (one: Finding) => ({ severity: 'high', confidence: 'high', line: 0, column: 0, ...one })

it('the worst come first, then the surest, then by place', () => {
  const low = { ...TOKEN, severity: 'low' as const }
  const unsure = { ...TOKEN, confidence: 'medium' as const }
  const later = { ...TOKEN, line: 13 }
  const sorted = [low, PASSWORD, later, DOTENV, unsure, TOKEN].toSorted(byUrgency)
  expect(sorted).toEqual([TOKEN, later, unsure, DOTENV, PASSWORD, low])
})

it('the order does not depend on the order they were found in', () => {
  fc.assert(
    fc.property(fc.array(finding, { maxLength: 12 }), (findings) => {
      expect(findings.toReversed().toSorted(byUrgency).map(asJudged)).toEqual(
        findings.toSorted(byUrgency).map(asJudged),
      )
    }),
  )
})

it('counts every finding once, and one without a severity as high', () => {
  expect(countBySeverity(RICH.findings)).toEqual({ critical: 2, high: 1, medium: 1, low: 1 })
  expect(countBySeverity([DOTENV])).toEqual({ critical: 0, high: 1, medium: 0, low: 0 })
})

it('says only what there is', () => {
  expect(sayCounts({ critical: 2, high: 0, medium: 0, low: 1 })).toBe('2 critical, 1 low')
  expect(sayCounts(countBySeverity([]))).toBe('')
})
