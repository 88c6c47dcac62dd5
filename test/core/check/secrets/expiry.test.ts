import { describe, expect, it } from 'vitest'
import { DAY } from '../../../../src/core/check/bands.ts'
import { judgeExpiries } from '../../../../src/core/check/secrets/expiry.ts'
import type { Subject } from '../../../../src/core/check/subject.ts'
import type { Expiry } from '../../../../src/core/expiry/expiry.ts'

const NOW = new Date('2027-01-01T00:00:00Z')
const HOW = { terms: { warn: 30, floor: null }, now: NOW }
const SUBJECT: Subject = {
  ...{ kind: 'token', name: 'API_TOKEN', environment: null, place: { file: '.env' }, owners: [] },
}

function dayOf(days: number): Date {
  return new Date(NOW.getTime() + days * DAY)
}

function ending(days: number | null, more: Partial<Expiry> = {}): Expiry {
  const notAfter = days === null ? null : dayOf(days)
  return { kind: 'jwt', what: 'a JSON Web Token', notBefore: null, notAfter, lives: null, advice: 'Renew it.', ...more }
}

const BRIEF = ending(null, { kind: 'short-lived', what: 'a job token', lives: 'an hour' })

describe('what a value says about its end', () => {
  it.each([
    [100, 'ok', 'is a JSON Web Token, which ends in 100 days'],
    [30, 'due', 'is a JSON Web Token, which ends in 30 days'],
    [1.5, 'critical', 'is a JSON Web Token, which ends in 1 day'],
    [0.5, 'critical', 'is a JSON Web Token, which ends within a day'],
    [0, 'overdue', 'is a JSON Web Token, which ended today'],
    [-2.5, 'overdue', 'is a JSON Web Token, which ended 2 days ago'],
    [null, 'ok', 'is a JSON Web Token, which never ends'],
  ])('in %d days is %s', (days, level, message) => {
    expect(judgeExpiries(SUBJECT, [ending(days)], HOW)).toMatchObject([{ rule: 'expires', level, message }])
  })

  it('is judged by its fraction where it has a start', () => {
    const [judged] = judgeExpiries(SUBJECT, [ending(20, { notBefore: dayOf(-40) })], HOW)
    expect(judged).toMatchObject({ level: 'due', since: dayOf(-40), due: NOW, end: dayOf(20), sinceIsExact: true })
  })

  it('is nothing where nothing was read', () => {
    expect(judgeExpiries(SUBJECT, [], HOW)).toEqual([])
  })

  it('is one finding for a value with several ends, about the most urgent', () => {
    const found = judgeExpiries(SUBJECT, [ending(null), ending(90), ending(3), ending(60)], HOW)
    expect(found).toMatchObject([{ end: dayOf(3), level: 'critical' }])
    expect(found[0]?.reasons).toContain('3 other ends in the value are less urgent')
    const [ofTwo, ofOne] = [[ending(3), ending(90)], [ending(3)]].map((ends) => judgeExpiries(SUBJECT, ends, HOW)[0])
    expect(ofTwo?.reasons).toContain('1 other end in the value is less urgent')
    expect(ofOne?.reasons.join()).not.toContain('less urgent')
  })

  it('prefers an end to none, and the nearer of two that are in order', () => {
    expect(judgeExpiries(SUBJECT, [ending(null), ending(90), ending(60), ending(null)], HOW)).toMatchObject([
      { end: dayOf(60) },
    ])
  })

  it('is overdue for a kind that has no business in a file, beside what ends by a date', () => {
    const found = judgeExpiries(SUBJECT, [BRIEF, ending(90)], HOW)
    expect(found.map(({ rule, level }) => [rule, level])).toEqual([
      ['expires', 'ok'],
      ['short-lived', 'overdue'],
    ])
    expect(new Set(found.map(({ id }) => id)).size).toBe(2)
    expect(found[1]?.message).toBe('is a job token, which lives an hour and does not belong into a file that is kept')
  })

  it('never says the name in its words', () => {
    for (const { message, reasons, advice } of judgeExpiries(SUBJECT, [BRIEF, ending(1)], HOW))
      expect(JSON.stringify([message, reasons, advice])).not.toContain('API_TOKEN')
  })
})
