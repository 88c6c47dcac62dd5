import { describe, expect, it } from 'vitest'
import { readYaml, type Yaml } from '../../../src/core/config/yaml.ts'
import { refusal } from '../dotenv/reading.ts'

function read(text: string | Uint8Array, merge = false): Yaml {
  return readYaml(text, { file: 'x.yml', merge })
}

/** The value without the difference that its objects have no prototype. */
function plain(text: string, merge = false): unknown {
  return JSON.parse(JSON.stringify(read(text, merge).value))
}

/** A text, the line of its first problem, and what is said of it. */
const REFUSED: readonly (readonly [text: string, line: number, message: string])[] = [
  ['a: 1\nb: 2\na: 3', 3, 'a key that stands in the same map already'],
  ['a: 1\n"a": 3', 2, 'a key that stands in the same map already'],
  ['a: 1\n---\nb: 2', 2, 'a second document starts here'],
  ['a:\n\t- 1', 2, 'not YAML: tab as indent'],
  ['a: "x', 1, 'not YAML: missing char'],
  ['? [a]\n: 1', 1, 'not YAML: non string key'],
  ['a: !!binary aGk=', 1, 'a YAML tag (!...) is not accepted here'],
  ['- !x', 1, 'a YAML tag (!...) is not accepted here'],
  ['!x {}', 1, 'a YAML tag (!...) is not accepted here'],
  ['a: !x |\n  y', 1, 'a YAML tag (!...) is not accepted here'],
  ['%YAML 1.1\n---\na: 1', 1, 'a YAML directive (%...) is not accepted here'],
  ['a: *b\nb: &b 1', 1, 'an alias (*) without an anchor (&) before it'],
  ['a: &a [*a]', 1, 'an alias (*) without an anchor (&) before it'],
  [`a:\n  ${'['.repeat(40)}${']'.repeat(40)}`, 2, 'nests deeper than 32 levels'],
  [`${'- '.repeat(40)}x`, 1, 'nests deeper than 32 levels'],
  [`- [${'a,'.repeat(50_000)}]`, 1, 'more than 50000 values'],
  [`{${Array.from({ length: 50_001 }, (_, index) => `k${index}: 1`)}}`, 1, 'more than 50000 values'],
]

describe('a YAML document', () => {
  it.each([
    ['', null],
    ['a: 1\nb: [true, null, ~, "1", yes, 0o17]', { a: 1, b: [true, null, null, '1', 'yes', 15] }],
    ['2027-01-31: 2027-01-31', { '2027-01-31': '2027-01-31' }],
    ['1: x\nnull: y', { 1: 'x', null: 'y' }],
    ['a: |\n  x\n   y\nb: >-\n  x\n  y', { a: 'x\n y\n', b: 'x y' }],
    ['a: &a [x]\nb: *a', { a: ['x'], b: ['x'] }],
    ['a: &a 1\nb: [&a 2, *a]\nc: *a', { a: 1, b: [2, 2], c: 2 }],
    ['<<: 1', { '<<': 1 }],
    ['---\na: 1\n...\n', { a: 1 }],
  ])('%j is %j', (text, value) => {
    expect(plain(text)).toEqual(value)
  })

  it.each([
    ['a: &a { x: 1, y: 2 }\nb: { <<: *a, y: 3 }', { x: 1, y: 3 }],
    ['a: &a { x: 1, y: 2 }\nb: { y: 3, <<: *a }', { x: 1, y: 3 }],
    ['a: &a { x: 1 }\nc: &c { x: 2, z: 2 }\nb: { <<: [*a, *c] }', { x: 1, z: 2 }],
  ])('%j merges where that is asked for', (text, value) => {
    expect(plain(text, true)).toMatchObject({ b: value })
    expect(plain(text, false)).not.toMatchObject({ b: value })
  })

  it('refuses to merge what is not a map', () => {
    expect(refusal(() => read('a: { <<: [1] }', true)).message).toBe('<< takes a map or a list of maps')
  })

  it('knows the line of every entry and item, and of the nearest thing above what is not there', () => {
    const yaml = read('# head\na:\n  - x\n  -\n    b: 1\n\nc: &c\n  d: 2\ne: *c\n')
    const lines = [
      [],
      ['a'],
      ['a', 0],
      ['a', 1],
      ['a', 1, 'b'],
      ['a', 2],
      ['a', 1, 'z', 3],
      ['c', 'd'],
      ['e'],
      ['e', 'd'],
      ['q'],
    ]
    expect(lines.map((path) => yaml.lineOf(path))).toEqual([1, 2, 3, 5, 5, 2, 5, 8, 9, 8, 1])
  })

  it.each(REFUSED.map(([text, line, message]) => ({ start: text.slice(0, 30), text, line, message })))(
    '$start is refused at line $line: $message',
    ({ text, line, message }) => {
      expect(refusal(() => read(text))).toMatchObject({ code: 'policy-invalid', file: 'x.yml', line, message })
    },
  )

  it('refuses bytes that are not UTF-8, and more than 1 MiB', () => {
    expect(refusal(() => read(Uint8Array.of(0x61, 0xff))).message).toBe('the file is not UTF-8')
    expect(refusal(() => read('#'.repeat(1024 * 1024 + 1))).message).toBe('the file is larger than 1 MiB')
    expect(refusal(() => read(new Uint8Array(1024 * 1024 + 1))).message).toBe('the file is larger than 1 MiB')
  })

  it('makes objects that have nothing but what was written', () => {
    expect(Object.getPrototypeOf(read('toString: 1').value)).toBeNull()
  })
})

describe('a hostile YAML document', () => {
  const doubling = Array.from({ length: 30 }, (_, index) => `b${index + 1}: &b${index + 1} [*b${index}, *b${index}]`)
  it.each([
    ['aliases that double thirty times', `b0: &b0 [x]\n${doubling.join('\n')}`],
    ['half a million open brackets', '['.repeat(500_000)],
    ['a quarter of a million open maps', '{a: '.repeat(250_000)],
    [
      'thirty thousand keys, one of them twice',
      `${Array.from({ length: 30_000 }, (_, index) => `k${index}: 1\n`).join('')}k7: 1`,
    ],
    ['a hundred thousand anchors on one value', '&a '.repeat(100_000)],
  ])('of %s is refused in good time', { timeout: 15_000 }, (_, text) => {
    expect(refusal(() => read(text)).code).toBe('policy-invalid')
  })
})
