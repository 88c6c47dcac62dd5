import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isEntry, LINE_BYTES, makeEntry, readEntry } from '../../../src/core/ledger/entry.ts'
import { EVENT_KINDS, type LedgerEvent } from '../../../src/core/ledger/event.ts'
import { refusal } from '../dotenv/reading.ts'
import { entryAfter } from './make-ledger.ts'

const HASH = 'ab'.repeat(32)
const MARK = 'cd'.repeat(16)
const files = [{ path: '.env.encrypted', before: HASH, after: HASH }]

/** One of every kind, with everything that it may say. */
const EVENTS: readonly LedgerEvent[] = [
  { kind: 'file-created', files, names: ['A'], added: [MARK], dataKey: MARK, reason: 'why' },
  { kind: 'values-changed', files, names: ['A'], dataKey: MARK },
  { kind: 'recipients-changed', files, added: [MARK], removed: [MARK], count: 3 },
  { kind: 'key-rotated', added: [MARK], removed: [MARK], files, environment: 'production' },
  { kind: 'key-pushed', keys: [MARK], targets: ['github:acme/app:SEALWARD_KEY'] },
  { kind: 'data-key-rotated', files, dataKey: MARK },
  { kind: 'value-rotated', files, names: ['A'], values: { A: MARK } },
  { kind: 'rotation-moved', credential: 'orders-db', phase: 'grace', files, code: 'unavailable' },
  { kind: 'request-accepted', request: 'msg_01234567', credential: 'orders-db', requester: 'bot', reason: 'leaked' },
  { kind: 'locked-down', reason: 'why', environments: ['production'], refs: ['refs/heads/main'] },
  { kind: 'lifted', reason: 'why' },
  { kind: 'member-added', member: 'bob', added: [MARK], files },
  { kind: 'member-removed', member: 'bob', removed: [MARK], files },
  { kind: 'member-renamed', member: 'robert', formerly: 'bob' },
  { kind: 'exported', format: 'sops', files },
  { kind: 'imported', format: 'fernet', names: ['A'] },
  { kind: 'exempted', about: 'unused:0123456789ab', reason: 'why' },
  { kind: 'decrypted', files: [{ path: '.env.encrypted' }], environment: 'production', count: 3 },
  { kind: 'listed', files: [{ path: '.env.encrypted' }], names: ['A'] },
  { kind: 'value-restored', files, names: ['A'] },
  { kind: 'open-failed', files: [{ path: '.env.encrypted' }], code: 'mac-mismatch' },
  { kind: 'merged', files },
  {
    ...{ kind: 'archived', count: 1, first: HASH, last: HASH, through: 1 },
    ...{ archive: 'ledger-1-0123456789ab.jsonl', subtrees: [HASH] },
  } as LedgerEvent<'archived'>,
]

const fileLine = entryAfter([], { kind: 'merged', files: [{ path: '.env.encrypted' }] }).line

describe('an entry', () => {
  it.each(EVENTS)('of $kind is read as it was made', (event) => {
    const { entry, line } = entryAfter([], event)
    expect(readEntry(line)).toEqual(entry)
    expect(entry.event).toEqual(event)
  })

  it('is there for every kind of event', () => {
    expect(new Set(EVENTS.map(({ kind }) => kind))).toEqual(new Set(EVENT_KINDS))
  })

  it('has for its id the hash of a leaf as RFC 6962 has it, over everything else', () => {
    const { entry, line } = entryAfter([])
    const { id, ...rest } = JSON.parse(line) as Record<string, unknown>
    // Members of entries have names of ASCII letters only, so that plain sorting is that of RFC 8785 here.
    const body = JSON.stringify(
      Object.fromEntries(Object.entries(rest).sort(([one], [other]) => (one < other ? -1 : 1))),
    )
    expect(createHash('sha256').update(`\0${body}`).digest('hex')).toBe(id)
    expect(entry.id).toBe(id)
  })

  it.each([
    ['no JSON', 'x'],
    ['no map', '[]'],
    ['a prototype', '{"__proto__":{}}'],
    ['thirty thousand lists in each other', '['.repeat(30_000) + ']'.repeat(30_000)],
    ['a map of them', `{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`],
    ['a member twice', entryAfter([]).line.replace('"seq":1', '"seq":1,"seq":1')],
    ['blanks', entryAfter([]).line.replace('"seq":1', '"seq": 1')],
    ['another order', entryAfter([]).line.replace('"seq":1,', '').replace(',"v":1', ',"v":1,"seq":1')],
    ['another spelling of a number', entryAfter([]).line.replace('"seq":1', '"seq":1.0')],
    ['an escape that need not be', entryAfter([]).line.replace('alice', '\\u0061lice')],
    ['a byte order mark', `\ufeff${entryAfter([]).line}`],
    ['an unknown version', entryAfter([]).line.replace('"v":1', '"v":2')],
    ['an unknown member', entryAfter([]).line.replace('"v":1', '"v":1,"z":1')],
    ['an unknown kind', entryAfter([]).line.replace('"exported"', '"exploded"')],
    ['a day that no calendar has', entryAfter([]).line.replace('2026-01-01', '2026-02-30')],
    ['a negative number', entryAfter([]).line.replace('"seq":1', '"seq":-1')],
    ['a file without a path', fileLine.replace('"path":".env.encrypted"', '"path":""')],
    ['a file that is a text', fileLine.replace('{"path":".env.encrypted"}', '".env.encrypted"')],
    ['a parent that is no id', entryAfter([]).line.replace('"parents":[]', '"parents":["x"]')],
  ])('is none with %s', (_, line) => {
    const read = readEntry(line)
    expect(isEntry(read)).toBe(false)
    expect(read).toMatchObject({ kind: 'malformed' })
  })

  it('never throws, whatever a line holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        expect(isEntry(readEntry(text))).toBe(false)
      }),
    )
  })

  it('with several parents joins branches and does nothing else', () => {
    const root = entryAfter([])
    const branches = [1, 2].map((at) => entryAfter([root.entry], { kind: 'exported', format: `f${at}` }).entry)
    expect(entryAfter(branches, { kind: 'merged' }).entry.parents).toHaveLength(2)
    expect(refusal(() => entryAfter(branches)).code).toBe('malformed')
  })

  it('past the length of a line is not made', () => {
    const names = Array.from({ length: 200 }, (_, at) => `${'N'.repeat(900)}${at}`)
    const draft = { event: { kind: 'exported', format: 'json', names } as const, parents: [], time: new Date(0) }
    const error = refusal(() => makeEntry({ ...draft, by: { via: 'git', name: 'a' } }))
    expect([error.code, error.message]).toEqual([
      'limit',
      `an entry of the ledger would be longer than ${LINE_BYTES} bytes`,
    ])
  })
})
