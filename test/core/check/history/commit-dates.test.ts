import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HistoryCommit } from '../../../../src/core/check/history/commit.ts'
import { settleTimes } from '../../../../src/core/check/history/commit-dates.ts'

const NOW = new Date('2026-06-01T00:00:00Z')

/** Commits of one line, by the days their committers said. */
function line(...days: readonly number[]): HistoryCommit[] {
  return days.map((day, at) => ({
    ...{ id: `${at}`, parents: at === 0 ? [] : [`${at - 1}`], date: dayOf(day) },
    ...{ isCut: false, changes: [], gone: [] },
  }))
}

function dayOf(day: number): Date {
  return new Date(NOW.getTime() + day * 24 * 60 * 60 * 1000)
}

function settled(...days: readonly number[]) {
  const { of, future, backwards } = settleTimes(line(...days), NOW)
  const times = [...of.values()].map(({ time, isExact }) => [(time - NOW.getTime()) / 86_400_000, isExact])
  return { times, future, backwards }
}

describe('when commits were made', () => {
  it.each([
    [
      'as they say',
      [-9, -5, -1],
      [
        [-9, true],
        [-5, true],
        [-1, true],
      ],
      0,
      0,
    ],
    [
      'not before their parent',
      [-9, -12, -1],
      [
        [-9, true],
        [-9, false],
        [-1, true],
      ],
      0,
      1,
    ],
    [
      'an hour before their parent is no remark',
      [-9, -9.04],
      [
        [-9, true],
        [-9, true],
      ],
      0,
      0,
    ],
    [
      'in the future: when the next one was',
      [-9, 400, -3],
      [
        [-9, true],
        [-3, false],
        [-3, true],
      ],
      1,
      0,
    ],
    [
      'in the future and the last: now',
      [-9, 400],
      [
        [-9, true],
        [0, false],
      ],
      1,
      0,
    ],
  ])('%s', (_, days, times, future, backwards) => {
    expect(settled(...days)).toEqual({ times, future, backwards })
  })

  it('never runs backwards, never passes now, and is the said time wherever clocks were right', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 20 }), { minLength: 1 }), (days) => {
        const { times } = settled(...days)
        const values = times.map(([time]) => time as number)
        expect(values).toEqual(values.toSorted((one, other) => one - other))
        expect(Math.max(...values)).toBeLessThanOrEqual(0)
        const right = days.toSorted((one, other) => one - other).map((day) => Math.min(day, 0))
        expect(settled(...right).times.map(([time]) => time)).toEqual(right)
      }),
    )
  })
})
