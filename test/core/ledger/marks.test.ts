import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { digestOf, fingerprintOf, markOfDataKey, markOfName, markOfValue } from '../../../src/core/ledger/marks.ts'

const key = randomBytes(32)

describe('a mark', () => {
  it('of a value is of its key, its name and its value', () => {
    const marks = [
      markOfValue(key, 'A', 'x'),
      markOfValue(key, 'A', 'y'),
      markOfValue(key, 'B', 'x'),
      markOfValue(randomBytes(32), 'A', 'x'),
      markOfDataKey(key),
    ]
    expect(new Set(marks).size).toBe(marks.length)
    expect(markOfValue(key, 'A', 'x')).toBe(marks[0])
    for (const mark of marks) expect(mark).toMatch(/^[0-9a-f]{32}$/)
  })

  it('of a name and a value does not come from another pair that reads the same in a row', () => {
    expect(markOfValue(key, 'A', 'B\nC')).not.toBe(markOfValue(key, 'A\nB', 'C'))
  })

  it('of a name does not show it, and of a recipient is the same everywhere', () => {
    expect(markOfName('DATABASE_URL')).toMatch(/^name-[0-9a-f]{12}$/)
    expect(fingerprintOf('age1example')).toBe('4709f877a10487a1f0af88723a03f681')
  })

  it('of a file is the same after a checkout with CR LF', () => {
    expect(digestOf(Buffer.from('a\r\nb\r\n'))).toBe(digestOf(Buffer.from('a\nb\n')))
  })
})
