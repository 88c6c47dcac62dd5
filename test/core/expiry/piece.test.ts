import { describe, expect, it } from 'vitest'
import { piecesOf } from '../../../src/core/expiry/piece.ts'

const textsOf = (value: string) =>
  [...piecesOf('NAME', value)].map(({ text, json }) => (json === undefined ? text : '{}'))

describe('the pieces of a value', () => {
  it('are the value, and what is in it, each once', () => {
    const inner = 'a text that is long enough'
    expect(textsOf(`  ${inner} `)).toEqual([inner])
    expect(textsOf(JSON.stringify({ a: inner, b: [inner, 'short'] }))).toEqual(['{}', inner])
    expect(textsOf('short')).toEqual([])
  })

  it('are no more than four times the largest value, however often it is wrapped', () => {
    const part = (letter: string) => `${letter.repeat(1024 * 1024)}`
    const all = textsOf(JSON.stringify(['a-', 'b-', 'c-', 'd-', 'e-'].map(part)))
    expect(all.slice(1).reduce((sum, text) => sum + text.length, 0)).toBeLessThanOrEqual(4 * 1024 * 1024)
  })
})
