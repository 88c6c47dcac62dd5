import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { DotenvEntry } from '../../../src/core/dotenv/document.ts'
import { parseDotenv } from '../../../src/core/dotenv/parse.ts'
import { renderYaml } from '../../../src/core/render/yaml.ts'
import * as any from '../dotenv/arbitraries.ts'
import { refusal, valuesOf } from '../dotenv/reading.ts'

const entry = (name: string, value: string): DotenvEntry => ({ kind: 'entry', name, value })

test('the mapping has a name a line, in the order of the file', () => {
  expect(renderYaml(parseDotenv('B=1\n\nA="x\ny"\n'))).toBe('"B": "1"\n"A": "x\\ny"\n')
  expect(renderYaml([])).toBe('{}\n')
})

describe.each(['1.1', '1.2'] as const)('a YAML %s reader', (version) => {
  test('gives every value back', () => {
    fc.assert(
      fc.property(any.document, (document) => {
        expect(parse(renderYaml(document), { version }) ?? {}).toEqual(valuesOf(document))
      }),
    )
  })

  test('gives every character but NUL back', () => {
    const controls = Array.from({ length: 0x3ff }, (_, index) => String.fromCharCode(index + 1)).join('')
    const value = `${controls}\u2028\u2029\uFEFF\uFFFE\uFFFF\u{1F511}`
    expect(parse(renderYaml([entry('A', value)]), { version })).toEqual({ A: value })
  })

  test('takes no name and no value for a number, a boolean or null', () => {
    const words = ['NO', 'y', 'true', 'null', 'on', '_', 'inf']
    const values = ['1e3', '0x10', 'no', '~', 'null', '2020-01-01', '']
    const document = words.map((word, index) => entry(word, values[index] ?? ''))
    expect(parse(renderYaml(document), { version })).toEqual(valuesOf(document))
  })

  test('takes foreign names, long ones too', () => {
    const document = [entry('a: b', '1'), entry('-', '2'), entry('k'.repeat(3000), '3'), entry('"\u2028', '4')]
    expect(parse(renderYaml(document), { version })).toEqual(valuesOf(document))
  })
})

test('no character that YAML calls unprintable is written as itself', () => {
  const value = Array.from({ length: 0xd7ff }, (_, index) => String.fromCharCode(index + 1)).join('')
  const printed = renderYaml([entry('A', `${value}\uFEFF\uFFFE\uFFFF`)]).trimEnd()
  expect(printed).not.toMatch(/[\0-\x1f\x7f-\x9f\u2028\u2029\uFEFF\uFFFE\uFFFF]/)
})

test('a value that is no text is refused by name', () => {
  expect(refusal(() => renderYaml([entry('KEY', '\0')]))).toMatchObject({
    code: 'not-representable',
    message: expect.stringContaining('KEY'),
  })
})
