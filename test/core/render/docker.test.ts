import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DotenvEntry } from '../../../src/core/dotenv/document.ts'
import { parseDotenv } from '../../../src/core/dotenv/parse.ts'
import { renderDocker } from '../../../src/core/render/docker.ts'
import * as any from '../dotenv/arbitraries.ts'
import { refusal, valuesOf } from '../dotenv/reading.ts'

const entry = (name: string, value: string): DotenvEntry => ({ kind: 'entry', name, value })

test('every line is a name and a value as it is', () => {
  expect(renderDocker(parseDotenv('# head\nA=1\n\nB=" \\"x\\" #$y "\nC=\n'))).toBe('A=1\nB= "x" #$y \nC=\n')
  expect(renderDocker([])).toBe('')
})

test("docker's own rules give every value back", () => {
  fc.assert(
    fc.property(fc.dictionary(any.name, any.value), (values) => {
      const oneLine = Object.entries(values).map(([name, value]) => entry(name, value.replace(/[\r\n]/g, '')))
      expect(dockerReads(renderDocker(oneLine))).toEqual(valuesOf(oneLine))
    }),
  )
})

describe('what docker cannot hold is refused by name', () => {
  test.each(['a\nb', '\n', 'a\r', 'a\rb', '\0', '\uD800'])('%j', (value) => {
    const error = refusal(() => renderDocker([entry('FIRST', ''), entry('KEY', value)]))
    expect(error.code).toBe('not-representable')
    expect(error.message).toContain('KEY')
  })

  test('a line of 64 KiB, its LF included, is the longest', () => {
    const longest = 'é'.repeat((64 * 1024 - 'KEY=\n'.length - 1) / 2)
    expect(Buffer.byteLength(renderDocker([entry('KEY', `${longest}x`)]))).toBe(64 * 1024)
    const error = refusal(() => renderDocker([entry('KEY', `${longest}xx`)]))
    expect(error).toMatchObject({ code: 'not-representable', message: expect.stringContaining('KEY') })
  })

  test.each(['a.b', 'A B', ''])('the name %j', (name) => {
    expect(refusal(() => renderDocker([entry(name, '')])).code).toBe('name-invalid')
  })
})

/** As the docker command reads an env file: lines without their CR, cut at the first `=`, nothing else done. */
function dockerReads(text: string): Record<string, string> {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, '').replace(/^\s+/u, ''))
  const pairs = lines.filter((line) => line !== '' && !line.startsWith('#'))
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]))
}
