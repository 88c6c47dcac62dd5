import { describe, expect, it } from 'vitest'
import { fillTemplate, seeded } from '../templates.ts'
import { findIn } from './find-in.ts'
import * as innocents from './innocents.table.ts'
import * as secrets from './secrets.table.ts'

const SEEDS = [1, 2, 3, 4, 5]

describe.each(SEEDS)('with random values of seed %i', (seed) => {
  it.each([...secrets.CODE, ...secrets.CONFIG, ...secrets.LATER])(
    'in %s a %s is found in %s',
    (path, rule, template) => {
      const { found } = findIn(path, fillTemplate(template, seeded(seed)))
      expect(found.map((detection) => detection.rule)).toEqual([rule])
    },
  )

  it.each([...innocents.CODE, ...innocents.CONFIG])('in %s nothing is found in %s', (path, template) => {
    const { found } = findIn(path, fillTemplate(template, seeded(seed)))
    expect(found.map((detection) => [detection.rule, ...detection.reasons])).toEqual([])
  })
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

  it('counts for less in a test than in a program', () => {
    const line = fillTemplate('password = "{a:5}{d:3}"', seeded(3))
    expect(findIn('src/a.js', line).found[0]?.confidence).toBe('medium')
    expect(findIn('test/a.test.js', line).found[0]?.confidence).toBe('low')
  })

  it('takes linear time on a line of many names', () => {
    const started = performance.now()
    findIn('a.min.js', 'key:a,token=b.password||"",secret?"'.repeat(20_000))
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})
