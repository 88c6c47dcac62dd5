import { describe, expect, it } from 'vitest'
import type { Document } from '../../../src/core/dotenv/document.ts'
import { changesBetween, valuesOf } from '../../../src/core/envelope/changes.ts'

const entries = (values: Record<string, string>): Document => [
  { kind: 'comment', text: ' a comment' },
  ...Object.entries(values).map(([name, value]) => ({ kind: 'entry', name, value }) as const),
  { kind: 'blank' },
]

describe('the changes between two documents', () => {
  it('are names alone, in the order in which they stand', () => {
    const before = entries({ GONE: '1', B: '2', A: '3', LAST: '4' })
    const after = entries({ NEW: '1', A: '33', B: '2', MORE: '' })
    expect(changesBetween(before, after)).toEqual({ added: ['NEW', 'MORE'], changed: ['A'], removed: ['GONE', 'LAST'] })
  })

  it('are none when only comments, blank lines and the order differ', () => {
    const after = entries({ B: '2', A: '1' }).toReversed()
    expect(changesBetween(entries({ A: '1', B: '2' }), after)).toEqual({ added: [], changed: [], removed: [] })
  })

  it('count a value that became empty as changed', () => {
    expect(changesBetween(entries({ A: '1' }), entries({ A: '' })).changed).toEqual(['A'])
  })
})

it('the values of a document stand in its order', () => {
  expect([...valuesOf(entries({ B: '2', A: '1' }))]).toEqual([
    ['B', '2'],
    ['A', '1'],
  ])
})
