import { describe, expect, it } from 'vitest'
import { DAY } from '../../../../src/core/check/bands.ts'
import { type IssuerWord, judgeByIssuer } from '../../../../src/core/check/secrets/issuer.ts'
import type { ValueAge } from '../../../../src/core/check/secrets/value-age.ts'
import type { Subject } from '../../../../src/core/check/subject.ts'

const NOW = new Date('2027-01-01T00:00:00Z')
const SUBJECT: Subject = {
  ...{ kind: 'secret', name: 'API_TOKEN', environment: null, place: { file: '.env.encrypted' }, owners: [] },
}
const TERMS = { rotateEvery: 90, warn: 14, grace: 14, warnExpiry: 30, decidedBy: { rotateEvery: 'sealward.yml:3' } }

function dayOf(days: number): Date {
  return new Date(NOW.getTime() + days * DAY)
}

function judge(word: IssuerWord, age: ValueAge | null = null, rotateEvery: number | null = 90) {
  return judgeByIssuer(SUBJECT, word, { terms: { ...TERMS, rotateEvery }, age, now: NOW })
}

function since(days: number, isExact = true): ValueAge {
  return { since: dayOf(days), isExact, earliest: null, before: null, commit: null, evidence: 'value' }
}

describe('what an issuer says', () => {
  it('makes a secret overdue that is refused, and nothing else is asked of it then', () => {
    expect(judge({ state: 'dead', expires: dayOf(100) })).toMatchObject([{ rule: 'refused', level: 'overdue' }])
  })

  it.each([
    [100, 'ok', 'ends on 2027-04-11, as its issuer says'],
    [20, 'due', 'ends on 2027-01-21, as its issuer says'],
    [10, 'late', 'ends on 2027-01-11, as its issuer says'],
    [-1, 'overdue', 'ended on 2026-12-31, as its issuer says'],
  ])('of an end in %d days is %s', (days, level, message) => {
    expect(judge({ state: 'live', expires: dayOf(days) })).toMatchObject([{ rule: 'issuer-end', level, message }])
  })

  it('is judged by its fraction where the issuer tells the start too', () => {
    const [end] = judge({ state: 'live', expires: dayOf(40), issued: dayOf(-20) }, since(-20))
    expect(end).toMatchObject({ level: 'ok', since: dayOf(-20), due: dayOf(20) })
  })

  it('is in order for what never ends, and says so', () => {
    expect(judge({ state: 'live', expires: null })).toMatchObject([
      { level: 'ok', message: 'never ends, as its issuer says' },
    ])
  })

  it('is nothing where there is no answer, or one without dates', () => {
    expect([...judge({ state: 'unknown' }), ...judge({ state: 'live' })]).toEqual([])
  })

  it.each([
    ['history says nothing', null, ['issuer-age']],
    ['history has a bound', since(-300, false), ['issuer-age']],
    ['it was old when it was put into the file', since(-10), ['issuer-age']],
    ['it was put there on its first day', since(-199.5), []],
  ])('counts for its age where %s', (_, age, rules) => {
    const found = judge({ state: 'live', issued: dayOf(-200) }, age)
    expect(found.map(({ rule }) => rule)).toEqual(rules)
    for (const one of found)
      expect(one).toMatchObject({
        level: 'overdue',
        message: 'was made 200 days ago, as its issuer says; every 90 is asked',
      })
  })

  it('counts for no age where none is asked for', () => {
    expect(judge({ state: 'live', issued: dayOf(-200) }, null, null)).toEqual([])
  })
})
