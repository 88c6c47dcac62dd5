import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expressionOf } from '../../../src/core/glob/expression.ts'
import { parseGlob } from '../../../src/core/glob/glob.ts'
import { means } from '../../../src/core/glob/means.ts'
import { compileRe2 } from '../../../src/core/regex/re2.ts'

async function finds(glob: string, path: string): Promise<boolean> {
  return (await compileRe2(expressionOf(glob)!))(path)
}

describe('a glob as an expression', () => {
  it.each([
    ['.env.encrypted', '^\\.env\\.encrypted$'],
    ['prod/**', '^prod/(?:[^/]+/)*[^/]+$'],
    ['**/*.env.encrypted', '^(?:[^/]+/)*[^/]*\\.env\\.encrypted$'],
    ['.env.{staging,production}.encrypted', '^(?:\\.env\\.production\\.encrypted|\\.env\\.staging\\.encrypted)$'],
    ['a?[0-9_][!x]', '^a[^/][0-9\\x{5f}][^/x]$'],
  ])('%s is %s', (glob, expression) => {
    expect(expressionOf(glob)).toBe(expression)
  })

  it.each(['', '!a', 'a\\b', '/a', '{a}', 'a**', '[b-a]'])('%j is none, because it is no glob', (glob) => {
    expect(expressionOf(glob)).toBeNull()
  })

  it('has no brackets that a slash is in, even where their range goes over it', async () => {
    expect(await finds('a[+-9]b', 'a/b')).toBe(false)
    expect(await finds('a[+-9]b', 'a.b')).toBe(true)
    expect(await finds('a[/-/]b', 'a/b').catch(() => false)).toBe(false)
  })

  it('finds what the glob means, and nothing else', async () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '.',
      '*',
      '**',
      '?',
      '/',
      '[a-c]',
      '[!a]',
      '[+-9]',
      '{a,b/c}',
      '(',
      '+',
      '$',
      '^',
      '|',
    )
    const glob = fc
      .array(piece, { minLength: 1, maxLength: 7 })
      .map((pieces) => pieces.join(''))
      .filter((text) => typeof parseGlob(text) !== 'string')
    const name = fc.array(fc.constantFrom('a', 'b', 'c', '.', '+', '(', '^', '|', '$', '\n', '\u{1F600}'), {
      minLength: 1,
      maxLength: 3,
    })
    const path = fc
      .array(name, { minLength: 1, maxLength: 3 })
      .map((names) => names.map((one) => one.join('')).join('/'))
    await fc.assert(
      fc.asyncProperty(glob, path, async (glob, path) => {
        expect(await finds(glob, path), `${glob} ${expressionOf(glob)}`).toBe(means(glob, path))
      }),
      { numRuns: 2000 },
    )
  })
})
