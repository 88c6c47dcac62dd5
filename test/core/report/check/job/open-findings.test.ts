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

  it('has its place and its days, and null for what nobody knows', () => {
    const end = new Date('2026-12-24T23:00:00Z')
    const unknown = { environment: null, place: null, due: null, end: null, owners: [] }
    const [known, file, nothing] = openFindings(
      report('2026-11-20', judged('A', { end }), judged('B', { place: { file: 'a.pem' } }), judged('C', unknown)),
      9,
    )
    expect(known).toMatchObject({ environment: 'production', file: '.env.production', line: 7, owners: ['mona'] })
    expect([known?.due, known?.end]).toEqual(['2026-11-30', '2026-12-24'])
    expect([file?.file, file?.line, file?.end]).toEqual(['a.pem', null, null])
    expect(nothing).toMatchObject({ environment: null, file: null, line: null, due: null, end: null, owners: [] })
  })

  it('has no text without an end, and no more than twenty owners', () => {
    const long = 'x'.repeat(1000)
    const owners = Array.from({ length: 30 }, () => long)
    const [one] = openFindings(report('2026-11-20', judged(long, { message: long, environment: long, owners })), 1)
    for (const text of [one!.name, one!.message, one!.environment!, one!.owners[0]!])
      expect(text).toBe(`${'x'.repeat(300)}...`)
    expect(one!.owners).toHaveLength(20)
  })
})
