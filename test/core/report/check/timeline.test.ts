import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawBar, spanOf } from '../../../../src/core/report/check/timeline.ts'
import { AT, day, ENDPOINT, judged, PASSWORD } from './report.ts'

describe('a line of time', () => {
  const bar = (given: Partial<typeof PASSWORD>) => drawBar(spanOf(judged({ ...PASSWORD, ...given }), AT), AT, 11)

  it.each([
    [
      'in the middle of a life',
      { since: day('2026-11-16'), due: day('2026-11-25'), end: day('2026-11-27') },
      '├━━━━●──┅┅┤',
    ],
    ['past the end', { since: day('2026-11-01'), due: null, end: day('2026-11-11') }, '├━━━━┤╌╌╌╌●'],
    ['before the start', { since: day('2026-12-01'), due: null, end: day('2026-12-11') }, '●    ├────┤'],
    ['of unknown start', { since: null, due: null, end: day('2026-12-01') }, '●─────────┤'],
    ['with a start that is a bound', { sinceIsExact: false }, '╌━━━━━━━┤╌●'],
    ['that ends before it starts', { since: day('2026-12-01'), due: null, end: AT }, '●          '],
  ])('%s', (_, given, line) => {
    expect(bar(given)).toBe(line)
  })

  it('is blank without an end', () => {
    expect(spanOf(ENDPOINT, AT)).toBeNull()
    expect(drawBar(null, AT, 4)).toBe('    ')
  })

  it('has as many cells as asked and one mark for now, whatever the days', () => {
    const moment = fc.option(fc.date({ noInvalidDate: true }), { nil: null })
    fc.assert(
      fc.property(moment, moment, moment, fc.integer({ min: 1, max: 60 }), (since, due, end, cells) => {
        const span = spanOf(judged({ ...PASSWORD, since, due, end }), AT)
        const line = drawBar(span, AT, cells)
        expect([...line]).toHaveLength(cells)
        expect(line.split('●')).toHaveLength(span === null ? 1 : 2)
        if (span !== null) expect(span.from <= span.due && span.due <= span.to).toBe(true)
      }),
    )
  })
})
