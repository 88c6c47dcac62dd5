import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printPairs } from '../../../src/adapters/runner/file-commands.ts'
import { parsePairs, type RunnerOs } from '../../action/runner/model/file-grammar.ts'
import * as any from '../../core/dotenv/arbitraries.ts'

const SYSTEMS: readonly (readonly [RunnerOs, string])[] = [
  ['linux', '\n'],
  ['macos', '\n'],
  ['windows', '\r\n'],
]

describe.each(SYSTEMS)('on %s', (os, lineEnd) => {
  const read = (text: string) => [...parsePairs(text, os)]

  it('every value comes back as it was, with whatever line ends are in it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(any.name, any.value)), (pairs) => {
        expect(read(printPairs(pairs, lineEnd))).toEqual(pairs)
      }),
    )
  })

  it.each(['', '\r', 'a\r', '\n', 'a\n', '\r\n', 'a\r\n', 'a\r\r\n', '\n\r', 'a\nb\r\nc\rd', '=', '<<', 'A<<E'])(
    '%j comes back',
    (value) => {
      expect(read(printPairs([['KEY', value]], lineEnd))).toEqual([['KEY', value]])
    },
  )
})

it('on Windows the line ends of other systems would cost a value its last CR', () => {
  expect([...parsePairs(printPairs([['KEY', 'a\r']], '\n'), 'windows')]).toEqual([['KEY', 'a']])
})
