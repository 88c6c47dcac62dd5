import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bandOf, DAY } from '../../../src/core/check/bands.ts'
import { LEVELS } from '../../../src/core/check/judged.ts'

const START = new Date('2027-01-01T00:00:00Z')
const TERMS = { warn: 30, floor: null }

function dayOf(days: number): Date {
  return new Date(START.getTime() + days * DAY)
}

function levelAfter(days: number, life: number, terms: { warn: number; floor: number | null } = TERMS): string {
  return bandOf({ notBefore: START, notAfter: dayOf(life) }, terms, dayOf(days)).level
}

describe('a life with a known start', () => {
  // Days from the start; each row is the last moment of one band and the first of the next.
  it.each([
    ['6 days', 6, { due: 3, late: 5, critical: 5 }],
    ['10 days', 10, { due: 20 / 3, late: 25 / 3, critical: 9 }],
    ['47 days', 47, { due: 94 / 3, late: 235 / 6, critical: 517 / 12 }],
    ['90 days', 90, { due: 60, late: 75, critical: 82.5 }],
    ['398 days', 398, { due: 796 / 3, late: 1990 / 6, critical: 4378 / 12 }],
    ['10 years', 3652, { due: 7304 / 3, late: 18_260 / 6, critical: 40_172 / 12 }],
  ])('of %s', (_, life, { due, late, critical }) => {
    const second = 1 / 86_400
    expect(levelAfter(0, life)).toBe('ok')
    expect(levelAfter(due - second, life)).toBe('ok')
    expect(levelAfter(due + second, life)).toBe('due')
    if (late < critical) expect(levelAfter(late + second, life)).toBe('late')
    if (late < critical) expect(levelAfter(critical - second, life)).toBe('late')
    expect(levelAfter(critical + second, life)).toBe('critical')
    expect(levelAfter(life - second, life)).toBe('critical')
    expect(levelAfter(life, life)).toBe('overdue')
    expect(bandOf({ notBefore: START, notAfter: dayOf(life) }, TERMS, START).due!.getTime()).toBeCloseTo(
      dayOf(due).getTime(),
      -1,
    )
  })

  it('of 160 hours has a last day, and a short band before it', () => {
    expect([100, 134, 136, 160].map((hours) => levelAfter(hours / 24, 160 / 24))).toEqual([
      'due',
      'late',
      'critical',
      'overdue',
    ])
  })

  it('of an hour is critical from the first minute', () => {
    expect(levelAfter(0, 1 / 24)).toBe('critical')
  })

  it('is due earlier where a floor says so, and not later', () => {
    expect([49, 51].map((days) => levelAfter(days, 90, { warn: 30, floor: 40 }))).toEqual(['ok', 'due'])
    expect([59, 61].map((days) => levelAfter(days, 90, { warn: 30, floor: 7 }))).toEqual(['ok', 'due'])
  })
})

describe('a life without a known start', () => {
  it.each([
    ['no start', null],
    ['a start behind its end', dayOf(200)],
  ])('is judged by days: %s', (_, notBefore) => {
    const level = (days: number) => bandOf({ notBefore, notAfter: dayOf(100) }, TERMS, dayOf(days)).level
    expect([69, 70, 84, 85, 92, 92.5, 99.9, 100].map(level)).toEqual([
      'ok',
      'due',
      'due',
      'late',
      'late',
      'critical',
      'critical',
      'overdue',
    ])
  })

  it('has a critical last day, however short the warning is', () => {
    const level = (days: number) =>
      bandOf({ notBefore: null, notAfter: dayOf(100) }, { warn: 1, floor: null }, dayOf(days)).level
    expect([98.9, 99, 100].map(level)).toEqual(['ok', 'critical', 'overdue'])
  })

  it('is in order where it never ends', () => {
    expect(bandOf({ notBefore: START, notAfter: null }, TERMS, dayOf(99_999))).toMatchObject({ level: 'ok', due: null })
  })
})

it('never gets milder as time goes on', () => {
  const days = fc.double({ min: -1, max: 5000, noNaN: true })
  fc.assert(
    fc.property(fc.tuple(days, days), fc.nat(4000), fc.boolean(), fc.nat(400), (moments, life, known, floor) => {
      const ranks = moments
        .toSorted((one, other) => one - other)
        .map(
          (day) =>
            bandOf({ notBefore: known ? START : null, notAfter: dayOf(life) }, { warn: 30, floor }, dayOf(day)).level,
        )
        .map((level) => LEVELS.indexOf(level))
      expect(ranks[0]).toBeLessThanOrEqual(ranks[1]!)
    }),
  )
})
