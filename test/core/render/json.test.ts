import fc from 'fast-check'
import { expect, test } from 'vitest'
import { entriesOf } from '../../../src/core/dotenv/document.ts'
import { parseDotenv } from '../../../src/core/dotenv/parse.ts'
import { renderJson } from '../../../src/core/render/json.ts'
import * as any from '../dotenv/arbitraries.ts'
import { refusal, valuesOf } from '../dotenv/reading.ts'

test('the object has a name a line, in the order of the file', () => {
  expect(renderJson(parseDotenv('B=1 # why\n\nA="x\n\\"y\\""\n'))).toBe('{\n  "B": "1",\n  "A": "x\\n\\"y\\""\n}\n')
  expect(renderJson(parseDotenv('# nothing\n'))).toBe('{}\n')
})

test('JSON.parse gives every value back', () => {
  fc.assert(
    fc.property(any.document, (document) => {
      expect(JSON.parse(renderJson(document))).toEqual(valuesOf(document))
    }),
  )
})

test('names that JavaScript treats specially keep their place', () => {
  const document = parseDotenv('b=1\n2=2\n__proto__=3\n1=4\n', { anyName: true })
  const keys = [...renderJson(document).matchAll(/^ {2}"(\w+)"/gm)].map((match) => match[1])
  expect(keys).toEqual(entriesOf(document).map((entry) => entry.name))
})

test('a value that is no text is refused by name', () => {
  const error = refusal(() => renderJson([{ kind: 'entry', name: 'KEY', value: 'x\uD800' }]))
  expect(error.code).toBe('not-representable')
  expect(error.message).toContain('KEY')
})
