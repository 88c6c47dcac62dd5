import { describe, expect, it } from 'vitest'
import { SealwardError } from '../../../src/core/errors.ts'
import { compileRe2 } from '../../../src/core/regex/re2.ts'

/** Expression, text, and what Go 1.26's regexp.Compile and MatchString say of them. */
const VERDICTS_OF_GO: readonly (readonly [string, string, boolean | 'error'])[] = [
  ['_URL', 'DATABASE_URL', true],
  ['^SECRET_', 'MY_SECRET_KEY', false],
  ['^SECRET_', 'SECRET_KEY', true],
  ['(?i)secret', 'MySecret', true],
  ['(?P<kind>KEY|TOKEN)$', 'API_TOKEN', true],
  ['(?<kind>KEY)', 'API_KEY', true],
  ['\\.env$', 'app/.env', true],
  ['\\.env$', 'app/.env\n', false],
  ['\\.env\\z', 'a.env', true],
  ['(?m)^b', 'a\nb', true],
  ['^b', 'a\nb', false],
  ['^.$', 'é', true],
  ['^.$', '\u{1F600}', true],
  ['\\x{1F600}', '\u{1F600}', true],
  ['[[:upper:]]{3}', 'abCDE', true],
  ['\\p{Greek}', 'αβ', true],
  ['\\Qa.b\\E', 'axb', false],
  ['(?i)k', '\u212A', true],
  ['\\bKEY\\b', 'A_KEY', false],
  ['a{,2}', 'a', false],
  ['', 'x', true],
  ['a.b', 'a\nb', false],
  ['(?s)a.b', 'a\nb', true],
  ['(?=a)', 'a', 'error'],
  ['(?<!a)b', 'b', 'error'],
  ['(a)\\1', 'aa', 'error'],
  ['a++', 'a', 'error'],
  ['a**', 'a', 'error'],
  ['(?>a)', 'a', 'error'],
  ['x\\Z', 'x', 'error'],
  ['[b-a]', 'a', 'error'],
  ['(', '(', 'error'],
  ['[', '[', 'error'],
  ['a{1001}', 'a', 'error'],
  ['\\u0041', 'A', 'error'],
  ['\\C', 'a', 'error'],
  ['(?x)a', 'a', 'error'],
]

describe('an expression of a configuration or an encrypted file', () => {
  it.each(VERDICTS_OF_GO)('%j on %j is judged as Go judges it: %s', async (pattern, text, verdict) => {
    if (verdict === 'error') await expect(compileRe2(pattern)).rejects.toMatchObject({ code: 'malformed' })
    else expect((await compileRe2(pattern))(text)).toBe(verdict)
  })

  it('says why it is refused without repeating it', async () => {
    const refused = await compileRe2('hunter2(?=x)').catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(SealwardError)
    expect(String((refused as SealwardError).message)).toBe(
      'a regular expression is not valid RE2: invalid or unsupported Perl syntax',
    )
  })

  it.each([
    ['long', 'a'.repeat(1001)],
    ['wide when its counts are written out', '\\pL{1000}'.repeat(3)],
  ])('is refused when it is too %s', async (_, pattern) => {
    await expect(compileRe2(pattern)).rejects.toMatchObject({ code: 'limit' })
  })

  it('takes time in proportion to the text where a backtracking engine takes for ever', { timeout: 5000 }, async () => {
    for (const pattern of ['(a+)+$', '(a|aa)+$', '(.*a){12}$']) {
      expect((await compileRe2(pattern))(`${'a'.repeat(20_000)}!`)).toBe(false)
    }
  })
})
