import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GENERIC_LITERALS } from '../../../../src/core/scan/generic/literals.ts'
import { fillTemplate, seeded } from '../templates.ts'
import { findIn } from './find-in.ts'
import * as innocents from './innocents.table.ts'
import * as secrets from './secrets.table.ts'

const SEEDS = [1, 2, 3, 4, 5]

describe.each(SEEDS)('with random values of seed %i', (seed) => {
  it.each([...secrets.CODE, ...secrets.CONFIG, ...secrets.LATER, ...secrets.SYNTAX, ...secrets.VALUES])(
    'in %s a %s is found in %s',
    (path, rule, template) => {
      const { found } = findIn(path, fillTemplate(template, seeded(seed)))
      expect(found.map((detection) => detection.rule)).toEqual([rule])
    },
  )

  it.each([...innocents.CODE, ...innocents.CONFIG, ...innocents.NEAR])(
    'in %s nothing is found in %s',
    (path, template) => {
      const { found } = findIn(path, fillTemplate(template, seeded(seed)))
      expect(found.map((detection) => [detection.rule, ...detection.reasons])).toEqual([])
    },
  )
})

describe('what is reported', () => {
  it('is the value alone, without its quotes', () => {
    const value = fillTemplate('{b62:8}!{d:3}', seeded(3))
    const { text, found } = findIn('a.js', `x()\nconst password = "${value}"; y()`)
    expect(found.map(({ start, end }) => text.slice(start, end))).toEqual([value])
  })

  it('holds nothing of the value in its reasons', () => {
    const value = fillTemplate('{b62:8}!{d:3}', seeded(3))
    expect(JSON.stringify(findIn('a.js', `password = "${value}"`).found)).not.toContain(value.slice(0, 4))
  })

  it('is found in a file that is called like a property of every object', () => {
    const line = fillTemplate('password=a:5432:x "{b62:8}!{d:3}"', seeded(3))
    for (const path of ['constructor', 'src/toString', '__proto__']) expect(() => findIn(path, line)).not.toThrow()
    expect(findIn('constructor', fillTemplate('password="{b62:8}!{d:3}"', seeded(3))).found).toHaveLength(1)
  })

  it('never throws, and lies within the text', () => {
    const pieces = fc.constantFrom(
      ...GENERIC_LITERALS,
      ...'=:"\'\n(){}[],.-></\\`|$% @',
      'a1B2',
      'hunter22',
      'stringData:',
      ' ',
    )
    const path = fc.constantFrom('a.js', 'a.yml', 'a.sh', 'a.md', 'a.json', 'a.xml', '.netrc', '.env', 'constructor')
    fc.assert(
      fc.property(path, fc.array(pieces, { maxLength: 40 }), (name, parts) => {
        const { text, found } = findIn(name, parts.join(''))
        for (const { start, end } of found) expect(start < end && end <= text.length).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('counts for less in a test than in a program', () => {
    const line = fillTemplate('password = "{a:5}{d:3}"', seeded(3))
    expect(findIn('src/a.js', line).found[0]?.confidence).toBe('high')
    expect(findIn('test/a.test.js', line).found[0]?.confidence).toBe('medium')
  })

  it('is never certain in documentation and examples', () => {
    const line = fillTemplate('password = "{b62:8}!{d:3}"', seeded(3))
    expect(findIn('src/a.js', line).found[0]?.confidence).toBe('high')
    expect(findIn('README.md', line).found[0]?.confidence).toBe('medium')
    expect(findIn('examples/a.js', line).found[0]?.confidence).toBe('medium')
  })

  it.each([
    ['a.min.js', 'key:a,token=b.password||"",secret?"'],
    ['a.sql', 'insert into t (password) values ('],
    ['a.sh', 'key '],
    ['a.json', 'kty{'],
    ['a.yml', 'kind: Secret\n'],
    ['a.js', 'connect("a", '],
    ['a.md', 'key:a,token=b.'],
    ['a.sh', 'login with a / '],
    ['a.sh', 'echo "a:b" | chpasswd '],
  ])('takes linear time in %s on repeated %s', (path, piece) => {
    const timeOf = (length: number) => {
      const started = performance.now()
      findIn(path, piece.repeat(length / piece.length))
      return performance.now() - started
    }
    const quickest = (length: number) => Math.min(...[1, 2, 3].map(() => timeOf(length)))
    expect(quickest(400_000)).toBeLessThan(8 * 4 * (quickest(50_000) + 1))
  })
})
