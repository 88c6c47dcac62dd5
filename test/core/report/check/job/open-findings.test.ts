import { describe, expect, it } from 'vitest'
import { openFindings } from '../../../../../src/core/report/check/job/open-findings.ts'
import { judged, report } from '../../../issues/made.ts'

describe('what is open', () => {
  it('is listed with the most urgent first, without what is in order, and no longer than asked', () => {
    const all = report(
      '2026-11-20',
      judged('FINE', { level: 'ok' }),
      judged('NAME_0'),
      judged('NAME_1'),
      judged('WORST', { level: 'overdue' }),
    )
    expect(openFindings(all, 2).map(({ name }) => name)).toEqual(['WORST', 'NAME_0'])
    expect(openFindings(all, 9)).toHaveLength(3)
  })
})
