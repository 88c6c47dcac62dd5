import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { align } from '../../../src/core/merge/align.ts'

const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', '', '#'), { maxLength: 12 })
const distinct = fc.uniqueArray(fc.integer({ min: 0, max: 15 }).map(String), { maxLength: 12 })

/** The textbook's table, for comparison. */
function longestCommon(one: readonly string[], other: readonly string[]): number {
  const table = Array.from({ length: one.length + 1 }, () => new Array<number>(other.length + 1).fill(0))
  for (const [i, word] of one.entries())
    for (const [j, beside] of other.entries())
      table[i + 1]![j + 1] = word === beside ? table[i]![j]! + 1 : Math.max(table[i]![j + 1]!, table[i + 1]![j]!)
  return table[one.length]![other.length]!
}

describe('aligning', () => {
  it('pairs equal words, in rising order on both sides', () => {
    fc.assert(
      fc.property(words, words, (one, other) => {
        const pairs = align(one, other)
        for (const [at, beside] of pairs) expect(one[at]).toBe(other[beside])
        for (const [index, [at, beside]] of pairs.entries())
          if (index > 0) {
            expect(at).toBeGreaterThan(pairs[index - 1]![0])
            expect(beside).toBeGreaterThan(pairs[index - 1]![1])
          }
      }),
    )
  })

  it('of names that occur once finds as many as there are', () => {
    fc.assert(fc.property(distinct, distinct, (a, b) => void expect(align(a, b).length).toBe(longestCommon(a, b))))
  })

  it('takes no time that grows with the square: twenty thousand names, turned round', () => {
    const names = Array.from({ length: 20_000 }, (_, index) => `N${index}`)
    expect(align(names, names.toReversed())).toHaveLength(1)
    expect(align(names, names)).toHaveLength(20_000)
  })
})
