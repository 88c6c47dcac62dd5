import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { removeEntry, setEntry } from '../../../src/core/dotenv/change.ts'
import { type Document, LIMITS } from '../../../src/core/dotenv/document.ts'
import { parseDotenv } from '../../../src/core/dotenv/parse.ts'
import { printDotenv } from '../../../src/core/dotenv/print.ts'
import * as any from './arbitraries.ts'
import { refusal, valuesOf } from './reading.ts'

const TEXT = '# head\nA=1\n\n# about B\nB=2\n'
const document = parseDotenv(TEXT)

describe('setting a variable', () => {
  test('replaces its value where it stands', () => {
    expect(printDotenv(setEntry(document, 'A', 'x y'))).toBe("# head\nA='x y'\n\n# about B\nB=2\n")
  })

  test('adds a new one at the end', () => {
    expect(printDotenv(setEntry(document, 'C', '3'))).toBe(`${TEXT}C=3\n`)
    expect(printDotenv(setEntry([], 'C', '3'))).toBe('C=3\n')
  })

  test('leaves the document it was given alone', () => {
    setEntry(document, 'A', '9')
    expect(printDotenv(document)).toBe(TEXT)
  })

  test('keeps every value that can be written', () => {
    fc.assert(
      fc.property(any.document, any.name, any.value, (before, name, value) => {
        const after = setEntry(before, name, value)
        expect(valuesOf(parseDotenv(printDotenv(after)))).toEqual({ ...valuesOf(before), [name]: value })
      }),
    )
  })

  test('keeps a foreign name that is there, and refuses a new one', () => {
    const foreign: Document = [{ kind: 'entry', name: 'a.b', value: '1' }]
    expect(setEntry(foreign, 'a.b', '2')).toEqual([{ kind: 'entry', name: 'a.b', value: '2' }])
    for (const name of ['c.d', '', 'sops_mac', 'a b']) {
      expect(refusal(() => setEntry(foreign, name, '2')).code).toBe('name-invalid')
    }
  })

  test('refuses what cannot be written or is too large, by name', () => {
    expect(refusal(() => setEntry(document, 'A', '\0'))).toMatchObject({ code: 'not-representable' })
    expect(refusal(() => setEntry(document, 'A', 'x'.repeat(LIMITS.valueBytes + 1)))).toMatchObject({
      code: 'limit',
      message: expect.stringContaining('of A '),
    })
  })

  test('refuses one variable too many, and still changes one that is there', () => {
    const full: Document = Array.from({ length: LIMITS.names }, (_, index) => ({
      kind: 'entry',
      name: `V${index}`,
      value: '',
    }))
    expect(refusal(() => setEntry(full, 'ONE_MORE', '')).code).toBe('limit')
    expect(setEntry(full, 'V7', 'x')).toHaveLength(LIMITS.names)
  })
})

describe('removing a variable', () => {
  test('leaves every other line', () => {
    expect(printDotenv(removeEntry(document, 'B'))).toBe('# head\nA=1\n\n# about B\n')
  })

  test('that is not there is refused', () => {
    expect(refusal(() => removeEntry(document, 'C'))).toMatchObject({
      code: 'not-found',
      message: 'there is no variable C',
    })
    expect(refusal(() => removeEntry(document, ' head')).code).toBe('not-found')
  })
})
