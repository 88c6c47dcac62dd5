import { describe, expect, it } from 'vitest'
import { checkOutputs } from '../../../../../src/core/report/check/job/outputs.ts'
import { judged, report } from '../../../issues/made.ts'

describe('what a step hands on of a check', () => {
  it('is how many there are, the next day that is still to come, and what is open', () => {
    const all = report(
      '2026-11-20',
      judged('A', { level: 'overdue', due: new Date('2026-11-01T00:00:00Z') }),
      judged('B', { level: 'late', due: new Date('2026-11-28T00:00:00Z') }),
      judged('C', { level: 'critical' }),
      judged('D', { level: 'ok', due: new Date('2027-02-01T00:00:00Z') }),
    )
    const { findings, ...outputs } = Object.fromEntries(checkOutputs(all))
    expect(outputs).toEqual({ overdue: '1', due: '2', ok: '1', 'next-due': '2026-11-28' })
    expect(JSON.parse(findings!).map(({ name }: { name: string }) => name)).toEqual(['A', 'C', 'B'])
  })

  it('has an empty day where nobody knows the next one', () => {
    const outputs = checkOutputs(report('2026-11-20', judged('A', { due: null })))
    expect(Object.fromEntries(outputs)).toMatchObject({ due: '1', 'next-due': '' })
  })

  it('has the 200 most urgent, and counts all', () => {
    const many = Array.from({ length: 250 }, (_, at) => judged(`S${at}`, { level: at === 249 ? 'overdue' : 'due' }))
    const { due, findings } = Object.fromEntries(checkOutputs(report('2026-11-20', ...many)))
    const names = JSON.parse(findings!).map(({ name }: { name: string }) => name)
    expect([due, names.length, names[0]]).toEqual(['249', 200, 'S249'])
  })
})
