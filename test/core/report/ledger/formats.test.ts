import { describe, expect, it } from 'vitest'
import type { LedgerEvent } from '../../../../src/core/ledger/event.ts'
import { printLogAs } from '../../../../src/core/report/ledger/formats.ts'
import { describeEvent, printLog, printProblems } from '../../../../src/core/report/ledger/text.ts'
import { entryAfter } from '../../ledger/make-ledger.ts'

const MARK = 'ab'.repeat(16)
const { entry } = entryAfter([], {
  kind: 'recipients-changed',
  files: [{ path: '.env.encrypted' }],
  names: ['A', 'B', 'C', 'D', 'E', 'F', 'G'],
  added: [MARK],
  removed: [MARK],
  reason: 'bob left',
})
const hostile = entryAfter([], {
  kind: 'member-added',
  member: '=1+1\u001b[2J\n##[add-mask]x',
  reason: '@SUM(A1)',
}).entry

describe('the log', () => {
  it('is a line an entry: when, which, what, who', () => {
    expect(printLog([entry])).toBe(
      `2026-01-01 01:00 ${entry.id.slice(0, 12)} recipients-changed by alice: .env.encrypted (A, B, C, D, E and 2 more) +abababababab, -abababababab "bob left"\n`,
    )
  })

  it.each<[LedgerEvent, string]>([
    [{ kind: 'member-renamed', member: 'robert', formerly: 'bob' }, 'bob is now robert'],
    [{ kind: 'member-added', member: 'bob', added: [MARK] }, 'bob +abababababab'],
    [{ kind: 'decrypted', files: [{ path: 'a.env' }], environment: 'production', count: 3 }, 'production a.env (3)'],
    [{ kind: 'open-failed', files: [{ path: 'a.env' }], code: 'mac-mismatch' }, 'mac-mismatch a.env'],
    [{ kind: 'key-pushed', keys: [MARK], targets: ['github:acme/app:KEY'] }, 'github:acme/app:KEY abababababab'],
    [
      { kind: 'rotation-moved', credential: 'orders-db', phase: 'grace', files: [{ path: 'a.env' }] },
      'orders-db grace a.env',
    ],
    [
      { kind: 'request-accepted', request: 'msg_1', credential: 'orders-db', requester: 'bot', reason: 'leaked' },
      'orders-db msg_1 from bot "leaked"',
    ],
    [
      { kind: 'locked-down', environments: ['production'], refs: ['refs/heads/*'], reason: 'stolen' },
      'production refs/heads/* "stolen"',
    ],
    [{ kind: 'merged' }, ''],
  ])('says of an entry %o: %s', (event, words) => {
    const made = entryAfter([], event).entry
    expect(describeEvent(made.event)).toBe(words)
    expect(printLogAs('text', [made])).toMatch(words === '' ? / by alice\n$/ : / by alice: .+\n$/)
  })

  it('is JSON with entries as they stand in the ledger', () => {
    const [read] = JSON.parse(printLogAs('json', [entry])) as Record<string, unknown>[]
    expect(read).toMatchObject({ id: entry.id, seq: 1, kind: 'recipients-changed', time: '2026-01-01T01:00:00.000Z' })
  })

  it('is CSV with a head and a record each', () => {
    const [head, record, end] = printLogAs('csv', [entry]).split('\r\n')
    expect(head).toBe('"time","id","seq","kind","by","email","run","what","reason","parents"')
    expect(record).toContain('"recipients-changed","alice","",""')
    expect(end).toBe('')
  })

  it('never writes to a terminal, to a runner or to a spreadsheet what somebody put into an entry', () => {
    const text = printLog([hostile])
    expect(text.split('\n')).toHaveLength(2)
    expect(text).not.toMatch(/\u001b|##\[/)
    const csv = printLogAs('csv', [hostile])
    expect(csv).toContain(`"'=1+1`)
    expect(csv).toContain(`"'@SUM`)
    expect(csv).not.toMatch(/\u001b|##\[/)
    expect(printLogAs('json', [hostile])).not.toContain('##[')
  })
})

describe('problems', () => {
  it('say where, what and what mends it, and which are notices', () => {
    const problem = { kind: 'gap', level: 'fault', file: 'l', line: 3, message: 'is gone', fix: 'restore it' } as const
    expect(printProblems([problem])).toBe('l:3: is gone [gap]\n  fix: restore it\n')
    expect(printProblems([{ kind: 'fork', level: 'notice', file: 'l', message: 'two' }])).toBe(
      'l: notice: two [fork]\n',
    )
  })
})
