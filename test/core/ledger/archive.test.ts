import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beforeOf, isPlausible, judgeArchives, planArchive, throughOf } from '../../../src/core/ledger/archive.ts'
import { bySequence, followChain } from '../../../src/core/ledger/chain.ts'
import { isEntry } from '../../../src/core/ledger/entry.ts'
import { printLedger, readLedger } from '../../../src/core/ledger/ledger-file.ts'
import { extentsOf, inOrder } from '../../../src/core/ledger/tree/sweep.ts'
import { branchedLedger, entryAfter, HOUR, ledgerOf } from './make-ledger.ts'

const START = Date.parse('2026-01-01T00:00:00Z')
const NOW = new Date('2026-06-01T00:00:00Z')
const hours = (count: number) => new Date(START + count * HOUR + 1)

function linesOf(texts: readonly string[]) {
  return readLedger(printLedger(texts))
}

function entriesOf(texts: readonly string[]) {
  return linesOf(texts).flatMap(({ read }) => (isEntry(read) ? [read] : []))
}

/** Archives what is older, as the task does. */
function archive(texts: readonly string[], until: Date) {
  const plan = planArchive(linesOf(texts), until, beforeOf(entriesOf(texts)))
  if (plan === null) return null
  const heads = followChain(linesOf(texts), { archived: [], now: NOW }).heads
  const { line } = entryAfter(heads.slice(0, 1), plan.event)
  return { ...plan, kept: [...texts.filter((text) => !plan.moved.includes(text)), line] }
}

describe('an archive', () => {
  it('has what is older, and an entry says how much, the first, the last and the proof of all', () => {
    const made = ledgerOf(10)
    const { moved, kept, event } = archive(made.lines, hours(4))!
    expect(moved).toEqual(made.lines.slice(0, 4))
    expect(event).toMatchObject({ count: 4, first: made.entries[0]!.id, last: made.entries[3]!.id, through: 4 })
    expect(followChain(linesOf(kept), { archived: [], now: NOW }).problems).toEqual([])
    expect(judgeArchives(event, [{ name: event.archive, entries: entriesOf(moved) }])).toBeNull()
  })

  it('of which an entry was taken, or put in another place, or exchanged, is not what its entry says', () => {
    const { moved, event } = archive(ledgerOf(10).lines, hours(6))!
    const entries = entriesOf(moved)
    const other = entryAfter([entries[1]!], { kind: 'imported', format: 'other' }).entry
    for (const forged of [entries.slice(1), entries.slice(0, -1), entries.toSpliced(2, 1), entries.with(2, other), []])
      expect(judgeArchives(event, [{ name: event.archive, entries: forged }])).toMatchObject({ level: 'fault' })
    expect(judgeArchives({ ...event, count: 5 }, [{ name: event.archive, entries }])).toMatchObject({ level: 'fault' })
  })

  it('that claims what comes after its entry, or a tree that no such number has, cannot be', () => {
    const { event } = archive(ledgerOf(10).lines, hours(6))!
    const entry = { ...ledgerOf(10).entries.at(-1)!, event }
    expect(isPlausible(entry)).toBe(true)
    for (const forged of [{ through: 1_000_000 }, { through: entry.seq }, { count: 5 }, { count: 7 }, { subtrees: [] }])
      expect(isPlausible({ ...entry, event: { ...event, ...forged } })).toBe(false)
  })

  it('is named by the number of its last entry, and no other file is taken for one', () => {
    const { event } = archive(ledgerOf(10).lines, hours(4))!
    expect(throughOf(event.archive)).toBe(4)
    const others = ['ledger.jsonl', 'ledger-4-0123456789AB.jsonl', `x${event.archive}`, `${event.archive}.bak`, '']
    expect(others.map(throughOf)).toEqual(others.map(() => null))
  })

  it('leaves a line that is no entry where it is', () => {
    const lines = linesOf(['not an entry', ...ledgerOf(4).lines])
    expect(planArchive(lines, hours(2), null)?.moved).toEqual(lines.slice(1, 3).map(({ text }) => text))
  })

  it('is not made of nothing', () => {
    expect(archive(ledgerOf(3).lines, new Date(START))).toBeNull()
    expect(archive([], NOW)).toBeNull()
  })

  it('drops nothing and leaves nothing behind that follows from within it, whatever the branches', () => {
    const choice = fc.oneof({ weight: 3, arbitrary: fc.nat(2) }, { weight: 2, arbitrary: fc.constant('join' as const) })
    fc.assert(
      fc.property(fc.array(choice, { minLength: 1, maxLength: 30 }), fc.nat(30), (choices, until) => {
        const made = branchedLedger([0, ...choices])
        const result = archive(made.lines, hours(until))
        if (result === null) return
        expect([...result.moved, ...result.kept.slice(0, -1)].sort()).toEqual([...made.lines].sort())
        const { problems } = followChain(linesOf(result.kept), { archived: [], now: NOW })
        expect(problems.filter(({ level }) => level === 'fault')).toEqual([])
      }),
    )
  })

  it('and another after it count together, and checkpoints are the same with them and without', () => {
    const made = ledgerOf(12)
    const one = archive(made.lines, hours(3))!
    const two = archive(one.kept, hours(8))!
    expect(two.event).toMatchObject({ count: 8, first: made.entries[0]!.id, last: made.entries[7]!.id })
    const archives = [one, two].map(({ moved, event }) => ({ name: event.archive, entries: entriesOf(moved) }))
    expect(judgeArchives(one.event, archives.slice(0, 1))).toBeNull()
    expect(judgeArchives(two.event, archives)).toBeNull()
    const head = made.entries.at(-1)!.id
    const wanted = new Set([head])
    const kept = entriesOf(two.kept)
    const before = extentsOf(wanted, made.entries.toSorted(bySequence), null).get(head)
    const within = inOrder(
      archives.flatMap(({ entries }) => entries),
      kept,
    )
    expect(before?.size).toBe(12)
    expect(extentsOf(wanted, within, null).get(head)).toEqual(before)
    expect(extentsOf(wanted, inOrder([], kept), beforeOf(kept)).get(head)).toEqual(before)
  })
})
