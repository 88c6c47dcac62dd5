import { describe, expect, it } from 'vitest'
import { readFlatJson } from '../../../src/core/interchange/flat-json.ts'
import { refusal } from '../../support/sealing.ts'

describe('a flat JSON object', () => {
  it('has text, numbers and booleans as text, in its order', () => {
    expect(readFlatJson('{"B": "x", "PORT": 8080, "DEBUG": false, "E": ""}')).toEqual([
      { name: 'B', value: 'x' },
      { name: 'PORT', value: '8080' },
      { name: 'DEBUG', value: 'false' },
      { name: 'E', value: '' },
    ])
  })

  it.each([
    ['a list', '["A"]', 'this is not a JSON object'],
    ['null', 'null', 'this is not a JSON object'],
    ['a text', '"A=x"', 'this is not a JSON object'],
    ['no JSON', '{"A": hunter2}', 'this is not JSON'],
    ['a null in it', '{"A": null}', 'A is neither text, a number nor a boolean'],
    ['an object in it', '{"A": {"b": "hunter2"}}', 'A is neither text, a number nor a boolean'],
  ])('is not %s, and the refusal holds nothing of it', async (_, text, message) => {
    expect(await refusal(() => readFlatJson(text))).toMatchObject({ code: 'malformed', message })
  })
})
