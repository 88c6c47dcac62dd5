import { describe, expect, it } from 'vitest'
import { annotateCheck } from '../../../../../src/core/report/check/job/annotations.ts'
import { judged, report } from '../../../issues/made.ts'

const many = (count: number, level: 'overdue' | 'late' | 'due') =>
  Array.from({ length: count }, (_, at) =>
    judged(`NAME_${at}`, { level, place: { file: '.env.encrypted', line: at + 1 } }),
  )

describe('annotations of a check', () => {
  it('are errors, warnings and notices by level, on the lines of the files, and nothing for what is in order', () => {
    const levels = (['ok', 'due', 'late', 'critical', 'overdue'] as const).map((level) => judged('A', { level }))
    expect(annotateCheck(report('2026-11-20', ...levels)).map(({ type }) => type)).toEqual([
      ...['error', 'error', 'warning', 'notice'],
    ])
    expect(annotateCheck(report('2026-11-20', ...many(1, 'late')))).toEqual([
      {
        ...{ type: 'warning', file: '.env.encrypted', line: 1, title: 'sealward: rotate-every (late)' },
        message: 'NAME_0 was last changed 80 days ago; every 90 is asked. change it where it is used',
      },
    ])
  })

  it.each([
    ['its file alone, where no line is known', { place: { file: 'a.pem' } }, { file: 'a.pem' }],
    ['nothing, where it is in no file', { place: null }, {}],
  ])('name %s', (_, changed, place) => {
    const [annotation] = annotateCheck(report('2026-11-20', judged('A', { ...changed, message: 'ends', advice: '' })))
    expect(annotation).toEqual({
      ...{ type: 'notice', ...place, title: 'sealward: rotate-every (due)', message: 'A ends.' },
    })
  })

  it('are at most ten of a type, and the last notice counts all', () => {
    const shown = annotateCheck(report('2026-11-20', ...many(12, 'overdue'), ...many(12, 'due')))
    expect(shown.filter(({ type }) => type === 'error')).toHaveLength(10)
    expect(shown.filter(({ type }) => type === 'notice')).toHaveLength(10)
    expect(shown.at(-1)).toMatchObject({
      title: 'sealward: 12 overdue, 12 due',
      message: expect.stringContaining('19'),
    })
  })
})
