import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expand } from '../../../src/core/dotenv/expand.ts'
import * as any from './arbitraries.ts'
import { refusal } from './reading.ts'

const expanded = (variables: Record<string, string>) => Object.fromEntries(expand(new Map(Object.entries(variables))))

test.each([
  ['${A}', 'va'],
  ['<${A}${B}>', '<vavb>'],
  ['${a}', 'small'],
  ['$A', '$A'],
  ['$(A) $ {A} `A` %A%', '$(A) $ {A} `A` %A%'],
  ['$${A}', '$va'],
  ['\\${A}', '${A}'],
  ['\\${A:-x}', '${A:-x}'],
  ['\\${', '${'],
  ['\\\\${A}', '\\va'],
  ['\\\\\\${A}', '\\${A}'],
  ['C:\\dir\\\\x', 'C:\\dir\\\\x'],
  ['\\\\', '\\\\'],
  ['${A}\\', 'va\\'],
  ['${A}}', 'va}'],
  ['', ''],
])('%j is read as %j', (value, wanted) => {
  expect(expanded({ A: 'va', B: 'vb', a: 'small', X: value }).X).toBe(wanted)
})

test('references are followed, and what a value brings in is not read again', () => {
  expect(expanded({ URL: 'x://${USER}:${PASS}@h', USER: '${NAME}', NAME: 'n', PASS: '\\${NAME}' })).toEqual({
    URL: 'x://n:${NAME}@h',
    USER: 'n',
    NAME: 'n',
    PASS: '${NAME}',
  })
})

test('names that objects treat specially are names like others', () => {
  expect(
    expand(
      new Map([
        ['A', '${constructor}'],
        ['constructor', '${__proto__}'],
        ['__proto__', 'p'],
      ]),
    ).get('A'),
  ).toBe('p')
  expect(refusal(() => expanded({ A: '${toString}' })).code).toBe('not-found')
})

test('the order of the variables makes no difference, and stays', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(['A', 'B', 'C', 'D'], { minLength: 4 }), (order) => {
      const values: Record<string, string> = { A: '${B}${C}', B: 'b${D}', C: '${D}', D: 'd' }
      const result = expand(new Map(order.map((name) => [name, values[name]!])))
      expect([...result.keys()]).toEqual(order)
      expect(Object.fromEntries(result)).toEqual({ A: 'bdd', B: 'bd', C: 'd', D: 'd' })
    }),
  )
})

test('every value can be written so that expanding gives it back', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(any.value, fc.constantFrom('${', '\\', '${A}', '\\\\${'))), (pieces) => {
      const value = pieces.join('')
      const written = value.replace(/(\\*)\$\{/g, '$1$1\\${')
      expect(expanded({ X: written }).X).toBe(value)
    }),
  )
})

describe('refused is', () => {
  test.each([
    ['${', 'dotenv-syntax'],
    ['${}', 'dotenv-syntax'],
    ['${A', 'dotenv-syntax'],
    ['${A:-x}', 'dotenv-syntax'],
    ['${A }', 'dotenv-syntax'],
    ['${1}', 'dotenv-syntax'],
    ['${A${A}}', 'dotenv-syntax'],
    ['${NOWHERE}', 'not-found'],
  ])('%s, by the name of its holder', (value, code) => {
    const error = refusal(() => expanded({ A: 'x', HOLDER: value }))
    expect([error.code, error.message]).toEqual([code, expect.stringMatching(/^HOLDER /)])
  })

  test.each([
    [{ A: '${A}' }, 'A -> A'],
    [{ X: '${A}', A: '${B}', B: '${C}', C: '${A}' }, 'A -> B -> C -> A'],
  ])('a circle, by its names: %j', (variables, names) => {
    const error = refusal(() => expanded(variables as Record<string, string>))
    expect([error.code, error.message]).toEqual(['dotenv-syntax', `references go round in a circle: ${names}`])
  })

  test('a name nearly right with what it may have meant, and no error shows a part of a value', () => {
    expect(refusal(() => expanded({ DB_HOST: 'h', URL: '${DB_HSOT}' })).hint).toContain('did you mean DB_HOST?')
    const secret = randomBytes(12).toString('hex')
    for (const value of [`\${x${secret}}`, `\${${secret}`, `\${A:-${secret}}`]) {
      const { message, hint } = refusal(() => expanded({ A: 'a', X: value }))
      expect(inspect({ message, hint })).not.toContain(secret)
    }
  })
})

describe('the bounds are', () => {
  const chain = (length: number) =>
    Array.from({ length }, (_, index): [string, string] => [`V${index}`, index === 0 ? 'end' : `\${V${index - 1}}`])

  test('32 levels, from whichever end the variables are read', () => {
    for (const turn of [(list: [string, string][]) => list, (list: [string, string][]) => list.toReversed()]) {
      expect(expand(new Map(turn(chain(33)))).get('V32')).toBe('end')
      expect(refusal(() => expand(new Map(turn(chain(34))))).code).toBe('limit')
      expect(refusal(() => expand(new Map(turn(chain(20_000))))).code).toBe('limit')
    }
  })

  test('128 KiB a value: ten lines of ten references each are refused, by name and at once', () => {
    const laughs = Array.from({ length: 10 }, (_, index): [string, string] => [
      `V${index}`,
      index === 0 ? 'ha'.repeat(50) : `\${V${index - 1}}`.repeat(10),
    ])
    const error = refusal(() => expand(new Map(laughs)))
    expect(error).toMatchObject({ code: 'limit', message: expect.stringContaining('V4') })
  })

  test('8 MiB in all', () => {
    const copies = Array.from({ length: 70 }, (_, index): [string, string] => [`V${index}`, '${BIG}'])
    const big: [string, string] = ['BIG', 'x'.repeat(128 * 1024)]
    expect(expand(new Map([big, ...copies.slice(0, 63)])).size).toBe(64)
    expect(refusal(() => expand(new Map([big, ...copies]))).code).toBe('limit')
  })

  test.each(['\\', '${A}', '\\${', '$'])('time linear in a value of %j alone', (piece) => {
    const start = performance.now()
    const values = new Map([
      ['A', ''],
      ['X', piece.repeat(Math.floor((128 * 1024) / piece.length))],
    ])
    expect(expand(values).get('X')!.length).toBeLessThanOrEqual(128 * 1024)
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
