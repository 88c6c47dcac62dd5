import { describe, expect, it } from 'vitest'
import { judgeOpenFailures, OPEN_FAILURE_DAYS } from '../../../../src/core/check/repository/open-failures.ts'
import { type Entry, makeEntry } from '../../../../src/core/ledger/entry.ts'
import type { LedgerEvent } from '../../../../src/core/ledger/event.ts'

const NOW = new Date('2026-06-30T12:00:00Z')
const DAY = 86_400_000
const by = { via: 'git', name: 'Alice' } as const

/** Entries, each so many days ago. */
function ledger(...events: readonly (readonly [daysAgo: number, event: LedgerEvent])[]): Entry[] {
  const entries: Entry[] = []
  for (const [daysAgo, event] of events)
    entries.push(
      makeEntry({ event, parents: entries.slice(-1), time: new Date(NOW.getTime() - daysAgo * DAY), by }).entry,
    )
  return entries
}

const failed = (path: string, code: string) => ({ kind: 'open-failed', files: [{ path }], code }) as const
const judge = (entries: readonly Entry[]) => judgeOpenFailures({ entries, environmentOf: () => null, now: NOW })

describe('openings that failed', () => {
  it('are told of a file at a time: overdue where somebody altered it, due where a key did not fit', () => {
    const found = judge(
      ledger([9, failed('a', 'no-identity')], [3, failed('b', 'no-identity')], [2, failed('a', 'mac-mismatch')]),
    )
    expect(found.map(({ name, level, message }) => [name, level, message])).toEqual([
      ['a', 'overdue', '2 openings failed, last by Alice on 2026-06-28'],
      ['b', 'due', '1 opening failed, last by Alice on 2026-06-27'],
    ])
    expect(found[0]).toMatchObject({
      rule: 'open-failed',
      reasons: ['why: no-identity, mac-mismatch', expect.any(String)],
    })
  })

  it('are told of for some days, and not behind them', () => {
    const days = (daysAgo: number) => judge(ledger([daysAgo, failed('a', 'no-identity')])).length
    expect([days(OPEN_FAILURE_DAYS), days(OPEN_FAILURE_DAYS + 1)]).toEqual([1, 0])
  })

  it('are told of no more once the newest was let pass, until there is another', () => {
    const entries = ledger([9, failed('a', 'mac-mismatch')], [8, failed('a', 'mac-mismatch')])
    const pass = { kind: 'exempted', about: `open-failed:${entries[1]!.id.slice(0, 12)}`, reason: 'a test' } as const
    const event = (daysAgo: number, what: LedgerEvent, parents: readonly Entry[]) =>
      makeEntry({ event: what, parents, time: new Date(NOW.getTime() - daysAgo * DAY), by }).entry
    const passed = [...entries, event(7, pass, entries.slice(1))]
    expect(judge(passed)).toEqual([])
    const again = [...passed, event(1, failed('a', 'no-identity'), passed.slice(2))]
    expect(judge(again)).toMatchObject([{ level: 'due', message: expect.stringMatching(/^1 opening failed/) }])
  })

  it('say by which command they are let pass', () => {
    const entries = ledger([1, failed('a', 'mac-mismatch')])
    expect(judge(entries)[0]!.advice).toContain(
      `sealward audit accept open-failed:${entries[0]!.id.slice(0, 12)} --reason`,
    )
  })
})
