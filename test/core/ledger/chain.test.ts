import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { followChain } from '../../../src/core/ledger/chain.ts'
import { printLedger, readLedger } from '../../../src/core/ledger/ledger-file.ts'
import { branchedLedger, entryAfter, HOUR, ledgerOf } from './make-ledger.ts'

const NOW = new Date('2026-06-01T00:00:00Z')
const COUNT = 12
const { entries, lines } = ledgerOf(COUNT)
const anyLine = fc.nat(COUNT - 1)

function problemsOf(bytes: Uint8Array) {
  return followChain(readLedger(bytes), { archived: [], now: NOW }).problems
}

/** Kind and line of every problem. */
function shown(bytes: Uint8Array): string[] {
  return problemsOf(bytes).map(({ kind, line }) => `${kind} ${line ?? ''}`.trim())
}

describe('a ledger', () => {
  it('is in order as it was made', () => {
    expect(shown(printLedger(lines))).toEqual([])
  })

  it('with any byte changed has its first problem in that line', () => {
    const bytes = printLedger(lines)
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, difference) => {
        const altered = Buffer.from(bytes)
        altered[at] = altered[at]! ^ difference
        const line = bytes.subarray(0, at).filter((byte) => byte === 0x0a).length + 1
        const [first] = problemsOf(altered)
        expect([first?.level, first?.line]).toEqual(['fault', line])
      }),
      { numRuns: 500 },
    )
  })

  it('names the line after one that was dropped, unless that was the last', () => {
    for (let at = 0; at < COUNT - 1; at += 1)
      expect(shown(printLedger(lines.toSpliced(at, 1)))[0]).toBe(`gap ${at + 1}`)
  })

  it('names a line that stands twice, wherever the second one is', () => {
    fc.assert(
      fc.property(anyLine, anyLine, (at, gap) => {
        const to = at + 1 + (gap % (COUNT - at))
        expect(shown(printLedger(lines.toSpliced(to, 0, lines[at]!)))).toEqual([`duplicate ${to + 1}`])
      }),
    )
  })

  it('names the line that stands before what it follows', () => {
    fc.assert(
      fc.property(anyLine, anyLine, (one, other) => {
        fc.pre(one < other)
        const turned = lines.with(one, lines[other]!).with(other, lines[one]!)
        expect(shown(printLedger(turned))[0]).toBe(`order ${one + 1}`)
      }),
    )
  })

  it('that breaks off says that its last line does', () => {
    expect(shown(printLedger(lines).subarray(0, -1))).toEqual([`unended ${COUNT}`])
    expect(shown(printLedger(lines).subarray(0, -10))).toEqual([`unended ${COUNT}`])
  })

  it('is the same after a checkout with CR LF', () => {
    expect(shown(Buffer.from(lines.map((line) => `${line}\r\n`).join('')))).toEqual([])
  })

  it('says of branches that nothing joined that they are there, and nothing once they are joined', () => {
    const open = branchedLedger([0, 0, 1])
    expect(shown(printLedger(open.lines))).toEqual(['fork'])
    const joined = branchedLedger([0, 0, 1, 'join', 0])
    expect(shown(printLedger(joined.lines))).toEqual([])
  })

  it('with branches is in order in every order of lines that keeps each branch', () => {
    const choice = fc.oneof(fc.nat(3), fc.constant('join' as const))
    fc.assert(
      fc.property(fc.array(choice, { minLength: 2, maxLength: 20 }), (choices) => {
        const made = branchedLedger([0, ...choices])
        const bySeq = made.entries
          .map((entry, at) => ({ seq: entry.seq, line: made.lines[at]! }))
          .sort((one, other) => one.seq - other.seq)
        expect(shown(printLedger(bySeq.map(({ line }) => line))).filter((kind) => kind !== 'fork')).toEqual([])
      }),
    )
  })

  it('says of two beginnings that there are two', () => {
    const other = entryAfter([], { kind: 'imported', format: 'fernet' })
    expect(shown(printLedger([...lines, other.line]))).toEqual(['fork', 'beginnings'])
  })

  it('says when a clock went backwards, and when it was ahead', () => {
    const last = entries.at(-1)!
    const at = (time: number) => entryAfter([{ ...last, time: new Date(time) }]).line
    expect(shown(printLedger([...lines, at(last.time.getTime() - 2 * HOUR)]))).toEqual([`clock ${COUNT + 1}`])
    expect(shown(printLedger([...lines, at(NOW.getTime() + 48 * HOUR)]))).toEqual([`clock ${COUNT + 1}`])
  })

  it('says when a number does not follow those of the parents', () => {
    const first = entryAfter([])
    const jumped = entryAfter([{ ...first.entry, seq: 7 }])
    expect(shown(printLedger([first.line, jumped.line]))).toEqual(['sequence 2'])
  })

  it('says a conflict that a merge left, and a line that has no end in sight', () => {
    expect(shown(Buffer.from(`${lines[0]}\n<<<<<<< HEAD\n${lines[1]}\n`))).toEqual(['malformed 2'])
    expect(shown(Buffer.from(`${lines[0]}\n"${'x'.repeat(70_000)}"\n${lines[1]}\n`))).toEqual(['too-long 2'])
  })
})
