import { describe, expect, it } from 'vitest'
import { judgeRotation } from '../../../../src/core/check/repository/rotations.ts'
import type { PlainRecord } from '../../../../src/core/credential/record/record.ts'

const NOW = new Date('2026-03-20T00:00:00Z')
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 24 * 60 * 60 * 1000)
const record: PlainRecord = {
  ...{ id: '0123456789abcdef', name: 'orders-db', file: '.env.encrypted', driver: 'mysql', strategy: 'dual' },
  ...{ phase: 'grace', started: daysAgo(2), updated: daysAgo(1), graceUntil: daysAgo(0), emergency: false },
  ...{ failures: 0, lastFailure: null },
}
const judge = (change: Partial<PlainRecord>, breaker = 3) =>
  judgeRotation({ record: { ...record, ...change }, path: 'x', environment: null, breaker, now: NOW })

describe('a rotation that was written down', () => {
  it.each([
    ['is in its grace', {}, 'ok'],
    ['is over', { phase: 'revoked', updated: daysAgo(90), graceUntil: null }, 'ok'],
    ['was rolled back once', { phase: 'rolled-back', failures: 1, graceUntil: null, updated: daysAgo(30) }, 'ok'],
    ['failed less often than the breaker', { phase: 'promoted', failures: 2, graceUntil: null }, 'ok'],
    ['failed as often', { phase: 'promoted', failures: 3, graceUntil: null }, 'overdue'],
    ['was rolled back as often', { phase: 'rolled-back', failures: 3, graceUntil: null }, 'overdue'],
    ['could not be rolled back', { phase: 'rollback-failed', failures: 1 }, 'overdue'],
    ['is six days past its grace', { graceUntil: daysAgo(6) }, 'ok'],
    ['is seven days past its grace', { graceUntil: daysAgo(7) }, 'overdue'],
    ['waits for its merge for six days', { phase: 'promoted', graceUntil: null, updated: daysAgo(6) }, 'ok'],
    ['waits for its merge for a week', { phase: 'promoted', graceUntil: null, updated: daysAgo(7) }, 'overdue'],
    ['was begun and forgotten', { phase: 'pending-committed', graceUntil: null, updated: daysAgo(8) }, 'overdue'],
  ] as const)('that %s', (_, change, level) => {
    expect(judge(change)).toMatchObject({ level, rule: 'rotation-stuck', name: 'orders-db' })
  })

  it('says how often it failed, when for the last time, and how often is too often', () => {
    const because = (change: Partial<PlainRecord>) => judge(change).reasons
    expect(because({ updated: daysAgo(1) })).toEqual([
      'it stands at grace since 2026-03-19',
      '0 failures in a row; 3 open the breaker',
    ])
    expect(because({ failures: 1, lastFailure: 'connection-failed' })[1]).toBe(
      '1 failure in a row, the last time connection-failed; 3 open the breaker',
    )
  })

  it('is one finding, whatever is wrong with it', () => {
    expect(judge({ failures: 3 }).id).toBe(judge({ phase: 'rollback-failed' }).id)
  })
})
