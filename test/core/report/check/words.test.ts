import { describe, expect, it } from 'vitest'
import { isClean, nextDueOf, saySpan, sayVerdict, sayWhen } from '../../../../src/core/report/check/words.ts'
import { AT, day, ENDPOINT, FINE, judged, NOTHING, PASSWORD, REPORT, TOKEN } from './report.ts'

describe('words about time', () => {
  it.each([
    ['2026-12-31T12:00:00Z', null, 'due in 40 days'],
    ['2026-11-23T12:00:00Z', null, 'due in 2 days'],
    ['2026-11-23T11:59:00Z', null, 'due in 47 hours'],
    ['2026-11-21T13:00:00Z', null, 'due in 1 hour'],
    ['2026-11-21T12:00:01Z', null, 'due in less than an hour'],
    ['2026-11-20T12:00:00Z', '2026-12-21T12:00:00Z', '30 days left'],
    ['2026-11-01T12:00:00Z', '2026-11-11T12:00:00Z', '10 days over'],
    ['2026-11-01T12:00:00Z', null, '20 days over'],
    [null, '2026-11-24T12:00:00Z', '3 days left'],
    [null, '2026-11-21T12:00:00Z', 'less than an hour over'],
    [null, null, ''],
  ])('due %s and ending %s is: %s', (due, end, words) => {
    const dates = { due: due === null ? null : new Date(due), end: end === null ? null : new Date(end) }
    expect(sayWhen(judged({ ...PASSWORD, ...dates }), AT)).toBe(words)
  })

  it('say a span by its days, and what is not known of it', () => {
    expect(saySpan(PASSWORD)).toBe('2026-10-05 to 2026-11-11')
    expect(saySpan(TOKEN)).toBe('before 2026-04-10 to 2027-01-14')
    expect(saySpan(judged({ ...PASSWORD, since: null }))).toBe('? to 2026-11-11')
    expect(saySpan(judged({ ...PASSWORD, due: null, end: null }))).toBe('2026-10-05 to ?')
    expect(saySpan(ENDPOINT)).toBe('')
  })

  it('name the next day of all that are still to come', () => {
    expect(nextDueOf(REPORT)).toEqual(day('2026-12-30'))
    expect(nextDueOf({ ...REPORT, judged: [PASSWORD, ENDPOINT] })).toBeNull()
  })

  it('count each level, and tell what is clean', () => {
    expect(sayVerdict(REPORT)).toBe('1 overdue, 1 critical, 2 late, 1 due, 1 ok; next due 2026-12-30')
    expect(sayVerdict(NOTHING)).toBe('nothing to judge')
    expect(isClean({ ...REPORT, judged: [FINE] })).toBe(true)
    expect(isClean({ ...REPORT, judged: [FINE, TOKEN] })).toBe(false)
  })
})
