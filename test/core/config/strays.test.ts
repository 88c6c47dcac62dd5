import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { findStrays } from '../../../src/core/config/strays.ts'

const Inner = v.strictObject({ one: v.optional(v.string()) })
const Union = v.strictObject({
  a: v.union([
    v.string(),
    v.array(Inner),
    v.pipe(
      Inner,
      v.check(() => true),
    ),
  ]),
})

describe('keys that a schema does not know', () => {
  it.each([
    ['in a map', { a: { two: 1 } }, ['a', 'two']],
    ['in a list of maps', { a: [{}, { two: 1 }] }, ['a', 1, 'two']],
  ])('are found in a union, %s', (_, value, path) => {
    expect(findStrays(Union, value)).toEqual([{ kind: 'unknown-key', path, known: ['one'] }])
  })

  it.each([{ a: 'text' }, { a: [] }, { a: { one: 'x' } }, { a: [['x']] }, { a: 5 }, { a: null }])(
    'are none in %j, a list where a union takes one included',
    (value) => {
      expect(findStrays(Union, value).filter(({ kind }) => kind === 'unknown-key')).toEqual([])
    },
  )

  it('are not looked for where no schema of a union takes a map', () => {
    expect(findStrays(v.union([v.string(), v.number()]), { two: 1 })).toEqual([])
  })

  it('are told from a list where only a map may be', () => {
    expect(findStrays(v.strictObject({ a: Inner }), { a: [] })).toEqual([{ kind: 'list-for-map', path: ['a'] }])
  })
})
