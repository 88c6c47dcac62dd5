import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { daysOf, duration, period } from '../../../../src/core/policy/sections/duration.ts'

describe('a duration', () => {
  it.each([
    ['1d', 1],
    ['30d', 30],
    ['6w', 42],
    ['3mo', 90],
    ['1y', 365],
    ['never', null],
  ])('of %s is %s days', (text, days) => {
    expect(v.is(period, text)).toBe(true)
    expect(daysOf(text)).toBe(days)
  })

  it.each(['0d', '-1d', '1', 'd', '1.5d', '1 d', '1D', '01d', '1m', '1d2w', '10000d', 'Never', '', ' 1d', '1d\n'])(
    'is none when written %j',
    (text) => {
      expect([v.is(duration, text), v.is(period, text)]).toEqual([false, false])
    },
  )

  it('is whole and positive, whatever is accepted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), fc.constantFrom('d', 'w', 'mo', 'y'), (count, unit) => {
        expect(v.is(duration, `${count}${unit}`)).toBe(true)
        expect(daysOf(`${count}${unit}`)! % count).toBe(0)
        expect(daysOf(`${count}${unit}`)).toBeGreaterThan(0)
      }),
    )
  })

  it('`never` is none where an end is asked for', () => {
    expect(v.is(duration, 'never')).toBe(false)
  })
})
