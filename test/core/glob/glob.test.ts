import fc from 'fast-check'
import picomatch from 'picomatch'
import { describe, expect, it } from 'vitest'
import { type Glob, parseGlob } from '../../../src/core/glob/glob.ts'
import { matchesGlob } from '../../../src/core/glob/match.ts'

function means(glob: string, path: string): boolean {
  const parsed = parseGlob(glob)
  if (typeof parsed === 'string') throw new Error(`not a glob: it ${parsed}`)
  return matchesGlob(parsed, path)
}

describe('a glob', () => {
  it.each([
    ['.env.production.encrypted', '.env.production.encrypted'],
    ['./.env.encrypted', '.env.encrypted'],
    ['*.encrypted', '.env.encrypted'],
    ['**/.env.encrypted', '.env.encrypted'],
    ['**/.env.encrypted', 'a/b/.env.encrypted'],
    ['apps/*/.env.encrypted', 'apps/web/.env.encrypted'],
    ['test/fixtures/**', 'test/fixtures/deep/key.pem'],
    ['**', 'a'],
    ['**', 'a/b'],
    ['.env.{staging,production}.encrypted', '.env.staging.encrypted'],
    ['{a,b/{c,d}}.env', 'b/d.env'],
    ['.env{,.local}', '.env'],
    ['file[0-9a].env', 'file7.env'],
    ['file[!0-9].env', 'filex.env'],
    ['file[^0-9].env', 'filex.env'],
    ['app/[[]slug]/.env', 'app/[slug]/.env'],
    ['a[]x]b', 'a]b'],
    ['[{]a,b[}]', '{a,b}'],
    ['a[-x]b', 'a-b'],
    ['(group)/.env', '(group)/.env'],
    ['?.env', '\u{1F600}.env'],
  ])('%s means %s', (glob, path) => {
    expect(means(glob, path)).toBe(true)
  })

  it.each([
    ['*.encrypted', 'a/.env.encrypted'],
    ['.env.encrypted', 'a/.env.encrypted'],
    ['.env.encrypted', '.ENV.encrypted'],
    ['test/fixtures/**', 'test/fixtures'],
    ['test/fixtures/**', 'test/fixtures2/a'],
    ['*/**', 'top'],
    ['a?c', 'a/c'],
    ['a[!b]c', 'a/c'],
    ['.env', '.env\n'],
  ])('%s does not mean %j', (glob, path) => {
    expect(means(glob, path)).toBe(false)
  })

  it.each([
    ['', 'is empty'],
    ['./', 'is empty'],
    ['a'.repeat(257), 'is longer'],
    ['a\nb', 'has a control character'],
    ['a\\b', 'has a backslash'],
    ['!a', 'cannot be negated'],
    ['@(a|b)', 'has an extended pattern'],
    ['/etc/x', 'is absolute'],
    ['C:/x', 'is absolute'],
    ['a//b', 'has an empty part'],
    ['a/', 'has an empty part'],
    ['../a', 'has . or ..'],
    ['a/./b', 'has . or ..'],
    ['a**', 'has ** beside'],
    ['a/**b/c', 'has ** beside'],
    ['[a', 'has a [ without'],
    ['[]', 'has empty brackets'],
    ['[!]', 'has empty brackets'],
    ['[z-a]', 'has a range that runs backwards'],
    ['{a', 'has a { without'],
    ['a}', 'has a } without'],
    ['{a}', 'has braces with one choice'],
    ['*{,x}*', 'has stars that meet'],
    ['{*,x}*', 'has stars that meet'],
    ['{a,b}'.repeat(7), 'has more than 64 alternatives'],
    ['{a,b/}', 'has an empty part'],
  ])('%j is refused: %s', (glob, fault) => {
    expect(parseGlob(glob)).toContain(fault)
  })

  it('never repeats in its fault what it was given', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!*{}[\]/\\@(]{1,6}$/), (noise) => {
        const fault = parseGlob(`hunter2${noise}`)
        if (typeof fault === 'string') expect(fault).not.toContain('hunter2')
      }),
    )
  })

  it('means what it means to picomatch', () => {
    const part = fc.constantFrom(
      'a',
      'b',
      'c',
      '.',
      '-',
      '*',
      '?',
      '[ab]',
      '[^a]',
      '[a-c]',
      '{a,b}',
      '{a*,.b}',
      '{,x}',
      '{a/b,c}',
    )
    const segment = fc.oneof(
      { arbitrary: fc.constant('**'), weight: 1 },
      { arbitrary: fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')), weight: 3 },
    )
    const glob = fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => segments.join('/'))
    const name = fc.stringMatching(/^[abcx.-]{1,4}$/).filter((text) => text !== '.' && text !== '..')
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'))
    fc.assert(
      fc.property(glob, path, (text, at) => {
        const parsed = parseGlob(text)
        fc.pre(typeof parsed !== 'string')
        // It lets `a/**/{,x}*` mean `a` too, as no shell does, and as it does not with `a/**/*`.
        fc.pre(!text.includes('**/{,x}'))
        // What is in a folder, without the folder itself.
        const theirs = text.replace(/\/\*\*$/, '/**/*')
        // Its short cut for `*.*` wants something behind the dot, which no shell does, nor it in `a*.*`.
        const how = { dot: true, noextglob: true, fastpaths: false }
        expect(matchesGlob(parsed as Glob, at)).toBe(picomatch.isMatch(at, theirs, how))
      }),
      { numRuns: 3000 },
    )
  })

  it('is matched at once where a backtracking engine takes for ever', { timeout: 2000 }, () => {
    expect(means(`${'*a'.repeat(100)}b`, 'a'.repeat(4000))).toBe(false)
    expect(means(`${'**/a/'.repeat(40)}b`, `${'a/'.repeat(2000)}c`)).toBe(false)
  })
})
