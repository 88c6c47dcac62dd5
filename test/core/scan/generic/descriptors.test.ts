import { describe, expect, it } from 'vitest'
import { GENERIC_RULES } from '../../../../src/core/scan/generic/descriptors.ts'
import { fillTemplate, seeded } from '../templates.ts'
import { findIn } from './find-in.ts'

const PATHS = ['src/a.js', 'a.yml', 'a']

describe.each(GENERIC_RULES)('the rule $id', (rule) => {
  it.each(PATHS)('finds each of its own hits in %s', (path) => {
    for (const hit of rule.hits) {
      const found = findIn(path, fillTemplate(hit, seeded(7))).found
      expect([hit, ...found.map((one) => [one.rule, one.severity])]).toEqual([hit, [rule.id, expect.any(String)]])
    }
  })

  it.each(PATHS)('finds nothing in its own misses in %s', (path) => {
    for (const miss of rule.misses) expect([miss, ...findIn(path, fillTemplate(miss, seeded(7))).found]).toEqual([miss])
  })
})

it('no two rules have one id', () => {
  expect(new Set(GENERIC_RULES.map((rule) => rule.id)).size).toBe(GENERIC_RULES.length)
})
