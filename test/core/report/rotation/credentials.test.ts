import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../../src/core/credential/machine/outcome.ts'
import type { PlainRecord } from '../../../../src/core/credential/record/record.ts'
import { printRecord, printRotated, rotatedJson } from '../../../../src/core/report/rotation/credentials.ts'

const UNTIL = new Date('2026-03-04T05:06:07Z')
const HOSTILE = 'no\u001b[2J answer'

describe('what became of a credential', () => {
  it.each<[Outcome, string]>([
    [{ kind: 'rotated' }, 'rotated; the old login ended'],
    [
      { kind: 'waiting', for: 'merge', until: null },
      'waits for its pull request to be merged; what was there before goes on working',
    ],
    [
      { kind: 'waiting', for: 'grace', until: UNTIL },
      'the new login is in use; the old one works until 2026-03-04T05:06:07.000Z',
    ],
    [{ kind: 'waiting', for: 'grace', until: null }, 'the new login is in use; the old one works until the next run'],
    [{ kind: 'rolled-back', asked: false, why: HOSTILE }, 'rolled back, the old login is in use: no\\x1b[2J answer'],
    [{ kind: 'nothing', why: 'it is not due' }, 'nothing to do: it is not due'],
    [{ kind: 'breaker', why: HOSTILE }, 'stopped, a person has to look: no\\x1b[2J answer; --retry tries once more'],
    [
      { kind: 'drift', why: HOSTILE },
      'stopped, a person has to look: no\\x1b[2J answer; --force has the admin set what the file says',
    ],
    [{ kind: 'rollback-failed', why: HOSTILE }, 'the rollback failed, both logins are kept: no\\x1b[2J answer'],
    [{ kind: 'failed', code: 'unavailable', why: HOSTILE, hint: null }, 'failed [unavailable]: no\\x1b[2J answer'],
    [{ kind: 'failed', code: 'io', why: 'no', hint: 'look\n  again' }, 'failed [io]: no; look; again'],
  ])('is one line, whatever a system said: %o', (outcome, words) => {
    expect(printRotated({ name: 'orders-db', outcome, request: null })).toBe(`orders-db: ${words}\n`)
  })

  it('names its pull request', () => {
    const request = 'https://github.com/acme/app/pull/1'
    expect(printRotated({ name: 'orders-db', outcome: { kind: 'rotated' }, request })).toBe(
      `orders-db: rotated; the old login ended (${request})\n`,
    )
  })

  it('is a plan of steps where nothing was done, with what the system would be told', () => {
    const steps = [
      { phase: 'planned', what: 'lock', shapes: [] },
      { phase: 'applied', what: 'the new login', shapes: ['ALTER ROLE "a\u001b"'] },
    ] as const
    const outcome: Outcome = { kind: 'planned', plan: { strategy: 'alternating', driver: 'postgres', steps } }
    expect(printRotated({ name: 'orders-db', outcome, request: null }).split('\n')).toEqual([
      'orders-db: would be rotated with the strategy alternating (postgres)',
      '  planned           lock',
      '  applied           the new login',
      '                    ALTER ROLE "a\\x1b"',
      '',
    ])
  })

  it('is the same for scripts', () => {
    const outcome: Outcome = { kind: 'waiting', for: 'grace', until: UNTIL }
    expect(JSON.parse(rotatedJson([{ name: 'orders-db', outcome, request: null }]))).toEqual({
      version: 1,
      credentials: [{ name: 'orders-db', kind: 'waiting', for: 'grace', until: UNTIL.toISOString(), request: null }],
    })
  })
})

describe('the record of a credential', () => {
  const record: PlainRecord = {
    ...{
      id: '1',
      name: 'orders-db',
      file: '.env.encrypted',
      driver: 'postgres',
      strategy: 'alternating',
      phase: 'revoked',
    },
    ...{ started: UNTIL, updated: UNTIL, graceUntil: null, emergency: false, failures: 0, lastFailure: null },
  }
  const plain = [
    ...['credential  orders-db', 'file        .env.encrypted', 'phase       revoked'],
    ...['strategy    alternating (postgres)', 'updated     2026-03-04T05:06:07.000Z'],
  ]

  it.each<[string, Partial<PlainRecord>, readonly string[]]>([
    ['all is well', {}, []],
    ['both logins work', { graceUntil: UNTIL }, ['old until   2026-03-04T05:06:07.000Z']],
    ['runs failed', { failures: 3, lastFailure: 'unavailable' }, ['failures    3, the last time unavailable']],
    ['runs failed, and the last one did not', { failures: 2 }, ['failures    2']],
  ])('has a line for each thing there is to say when %s', (_, part, more) => {
    expect(printRecord({ ...record, ...part }).split('\n')).toEqual([...plain, ...more, ''])
  })
})
