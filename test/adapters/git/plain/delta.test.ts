import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OBJECT_BYTES } from '../../../../src/adapters/git/objects/stored-object.ts'
import { openBudget } from '../../../../src/adapters/git/plain/bounds.ts'
import { applyDelta, readSize } from '../../../../src/adapters/git/plain/delta.ts'
import { lowFirst, makeDelta } from './pack-maker.ts'

const base = Buffer.from('the quick brown fox jumps over the lazy dog')

function apply(delta: Uint8Array, from: Uint8Array = base, budget = openBudget()): string {
  return applyDelta(from, delta, budget).toString('latin1')
}

describe('a delta', () => {
  it.each([
    ['nothing', '2b00', ''],
    ['four bytes of its own', '2b04 04 61626364', 'abcd'],
    ['the first three bytes of the base', '2b03 90 03', 'the'],
    ['five bytes from the fourth on', '2b05 91 04 05', 'quick'],
    ['both, and a zero byte that is written out', '2b06 91 04 05 01 21', 'quick!'],
  ])('can give %s', (_, hex, result) => {
    expect(apply(Buffer.from(hex.replaceAll(' ', ''), 'hex'))).toBe(result)
  })

  it('copies 64 KiB where it gives no length', () => {
    const large = Buffer.alloc(70_000, 'x')
    expect(apply(Buffer.concat([lowFirst(70_000), lowFirst(0x10000), Buffer.from([0x80])]), large)).toHaveLength(65_536)
  })

  it('gives what its steps say, of whatever base and in whatever order', () => {
    const step = (length: number) =>
      fc.oneof(
        fc.uint8Array({ minLength: 1, maxLength: 127 }),
        fc.nat(length - 1).chain((from) => fc.tuple(fc.constant(from), fc.integer({ min: 1, max: length - from }))),
      )
    const cases = fc
      .uint8Array({ minLength: 1, maxLength: 70_000, size: 'max' })
      .chain((from) => fc.tuple(fc.constant(from), fc.array(step(from.length), { maxLength: 20 })))
    fc.assert(
      fc.property(cases, ([from, steps]) => {
        const parts = steps.map((one) => (one instanceof Uint8Array ? one : from.subarray(one[0], one[0] + one[1])))
        const wanted = Buffer.concat(parts)
        const delta = makeDelta(from.length, wanted.length, steps)
        expect(applyDelta(from, delta, openBudget()).equals(wanted)).toBe(true)
      }),
    )
  })

  it.each([
    ['is for a longer base', makeDelta(base.length + 1, 3, [[0, 3]])],
    ['is for a shorter base', makeDelta(base.length - 1, 3, [[0, 3]])],
    ['copies from behind the base', makeDelta(base.length, 2, [[base.length - 2, 3]])],
    ['copies from far behind the base', makeDelta(base.length, 3, [[0xffffffff, 3]])],
    ['gives more than it says', makeDelta(base.length, 2, [[0, 3]])],
    ['gives less than it says, which would show old memory', makeDelta(base.length, 4, [[0, 3]])],
    ['uses the instruction that is reserved', Buffer.from([base.length, 1, 0])],
    ['breaks off in its own bytes', Buffer.from([base.length, 2, 4, 1, 2])],
    ['breaks off in an instruction', Buffer.from([base.length, 3, 0x91, 4])],
    ['breaks off in a size', Buffer.from([0xab])],
    ['is empty', Buffer.alloc(0)],
    ['has a size without an end', Buffer.alloc(40, 0xff)],
    ['says it gives more than any object is', makeDelta(base.length, 2 ** 40, [[0, 3]])],
  ])('that %s is refused', (_, delta) => {
    expect(() => apply(delta)).toThrow(expect.objectContaining({ code: 'git' }))
  })

  it('of random bytes gives an error of ours or as many bytes as it says', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const delta = Buffer.concat([lowFirst(base.length), bytes])
        try {
          expect(apply(delta)).toHaveLength(readSize(bytes, 0).size)
        } catch (error) {
          expect(error).toMatchObject({ code: 'git' })
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('gives no more than the size that objects may have', () => {
    const from = Buffer.alloc(0x10000)
    const times = (count: number) => makeDelta(from.length, count * from.length, Array(count).fill([0, 0x10000]))
    const most = OBJECT_BYTES / from.length
    expect(applyDelta(from, times(most), openBudget())).toHaveLength(OBJECT_BYTES)
    expect(() => applyDelta(from, times(most + 1), openBudget())).toThrow(expect.objectContaining({ code: 'git' }))
  })

  it('takes what it gives from the budget', () => {
    const delta = makeDelta(base.length, 3, [[0, 3]])
    const budget = openBudget(7)
    expect(apply(delta, base, budget)).toBe('the')
    expect(apply(delta, base, budget)).toBe('the')
    expect(() => apply(delta, base, budget)).toThrow('too large')
  })
})
