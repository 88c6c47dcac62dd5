import { describe, expect, it } from 'vitest'
import { DAY } from '../../../../src/core/check/bands.ts'
import { judgeAge } from '../../../../src/core/check/secrets/age.ts'
import type { Subject } from '../../../../src/core/check/subject.ts'

const SINCE = new Date('2027-01-01T12:00:00Z')
const CHANGE = { since: SINCE, isExact: true, before: null }
const SUBJECT: Subject = {
  ...{ kind: 'secret', name: 'DATABASE_URL', environment: 'production', owners: ['octocat'] },
  place: { file: '.env.production', line: 3 },
}
const TERMS = { rotateEvery: 30, warn: 7, grace: 5, decidedBy: { rotateEvery: 'secrets[0], sealward.yml:4' } }

function dayOf(days: number): Date {
  return new Date(SINCE.getTime() + days * DAY)
}

describe('the age of a value', () => {
  it.each([
    [-1, 'ok'],
    [0, 'ok'],
    [22.99, 'ok'],
    [23, 'due'],
    [29.99, 'due'],
    [30, 'late'],
    [34.99, 'late'],
    [35, 'overdue'],
    [400, 'overdue'],
  ])('after %d days is %s', (days, level) => {
    expect(judgeAge(SUBJECT, CHANGE, { terms: TERMS, now: dayOf(days) })?.level).toBe(level)
  })

  it('is said in words, with the day it is due and the end of its grace', () => {
    expect(judgeAge(SUBJECT, CHANGE, { terms: TERMS, now: dayOf(47.5) })).toMatchObject({
      ...SUBJECT,
      ...{ rule: 'rotate-every', since: SINCE, sinceIsExact: true, due: dayOf(30), end: dayOf(35) },
      message: 'was last changed 47 days ago; every 30 is asked',
      reasons: ['rotate-every: secrets[0], sealward.yml:4', 'warned 7 days before; overdue 5 days after'],
    })
  })

  it('that is a bound says so', () => {
    const judged = judgeAge(SUBJECT, { ...CHANGE, isExact: false }, { terms: TERMS, now: dayOf(1) })
    expect(judged).toMatchObject({
      sinceIsExact: false,
      message: 'was last changed at least 1 day ago; every 30 is asked',
    })
  })

  it('counts from when the value was first there, if it came back', () => {
    const change = { since: dayOf(40), isExact: true, before: SINCE }
    expect(judgeAge(SUBJECT, change, { terms: TERMS, now: dayOf(41) })).toMatchObject({
      level: 'overdue',
      since: SINCE,
    })
  })

  it('in the future counts as none', () => {
    const judged = judgeAge(SUBJECT, CHANGE, { terms: TERMS, now: dayOf(-3) })
    expect(judged?.message).toBe('was last changed 0 days ago; every 30 is asked')
  })

  it('is no question where nothing asks for a change', () => {
    expect(judgeAge(SUBJECT, CHANGE, { terms: { ...TERMS, rotateEvery: null }, now: dayOf(1) })).toBeNull()
  })

  it('never says the name in its words, and has the same id on another day', () => {
    const [one, other] = [1, 99].map((days) => judgeAge(SUBJECT, CHANGE, { terms: TERMS, now: dayOf(days) })!)
    expect(one!.id).toBe(other!.id)
    expect(JSON.stringify([one!.message, one!.reasons, one!.advice])).not.toContain('DATABASE')
  })
})
