import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchesPatterns } from '../../../src/core/signature/patterns.ts'

describe('patterns of OpenSSH', () => {
  it.each([
    ['git', 'git', true],
    ['git', 'file,git', true],
    ['git', 'file', false],
    ['git', 'GIT', false],
    ['git', 'gi', false],
    ['git', 'gits', false],
    ['git', 'g?t', true],
    ['git', 'git?', false],
    ['git', '*', true],
    ['', '*', true],
    ['', '', true],
    ['git', '', false],
    ['git', 'g*t', true],
    ['git', '*g*i*t*', true],
    ['sealward-file@v1:a/b/.env', 'sealward-file@v1:a/*', true],
    ['sealward-file@v1:b/.env', 'sealward-file@v1:a/*', false],
    ['git', '*,!git', false],
    ['git', '!git,*', false],
    ['git', '!file,*', true],
    ['git', '!file', false],
    ['a.b', 'a.b', true],
    ['axb', 'a.b', false],
    ['ö', '?', false],
    ['ö', '??', true],
    ['ö', '*', true],
  ])('%j and %j: %j', (text, list, matches) => {
    expect(matchesPatterns(text, list)).toBe(matches)
  })

  it('mean what the same regular expression means', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 })
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '?', '*'), maxLength: 8 })
    fc.assert(
      fc.property(text, pattern, (text, pattern) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`)
        return matchesPatterns(text, pattern) === expression.test(text)
      }),
    )
  })

  it('take no time that grows out of bounds', () => {
    const start = performance.now()
    expect(matchesPatterns('a'.repeat(2000), `${'*a'.repeat(500)}*b`)).toBe(false)
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
