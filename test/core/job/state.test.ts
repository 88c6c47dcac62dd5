import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { printState, readState } from '../../../src/core/job/state.ts'
import { refusal } from '../dotenv/reading.ts'

test.each([[[]], [['/r/_temp/a.env', 'D:\\a\\"b"\nc']]])('%j comes back', (files) => {
  expect(readState(printState({ files }))).toEqual({ files })
})

test.each([undefined, ''])('%j is the state of a step that left none', (text) => {
  expect(readState(text)).toBeNull()
})

test.each([
  'x',
  '{}',
  '[]',
  'null',
  '1',
  '{"files":"a"}',
  '{"files":[1]}',
  `{"files":["${'a'.repeat(300_000)}"]}`,
  JSON.stringify({ files: Array(1001).fill('a') }),
])('what no step of ours wrote is refused and not shown', (text) => {
  const error = refusal(() => readState(text))
  expect(error.code).toBe('malformed')
  expect(inspect(error.message)).not.toContain('aaaa')
})

test('nothing but paths is in it', () => {
  const state = { files: ['/a'], values: ['secret'] }
  expect(printState(state)).toBe('{"files":["/a"]}')
})
