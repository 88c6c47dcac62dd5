import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fill } from '../../../src/core/report/fill.ts'

describe('words put into lines', () => {
  it('are as many as fit', () => {
    expect(fill(['one', 'two', 'three'], 7)).toEqual(['one two', 'three'])
    expect(fill(['one', 'much-too-long', 'two'], 7)).toEqual(['one', 'much-too-long', 'two'])
    expect(fill(['ü\u{1f512}', 'x'], 4)).toEqual(['ü\u{1f512} x'])
    expect(fill([], 7)).toEqual([''])
  })

  it('are all there, in their order, and no line is longer than it has to be', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 })
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 30 }), (given, room) => {
        const lines = fill(given, room)
        expect(lines.join(' ').split(' ')).toEqual(given)
        for (const [index, line] of lines.entries()) {
          expect(line.length <= room || !line.includes(' ')).toBe(true)
          const next = lines[index + 1]?.split(' ')[0]
          if (next !== undefined) expect(`${line} ${next}`.length).toBeGreaterThan(room)
        }
      }),
    )
  })
})
