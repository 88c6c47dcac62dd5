import { describe, expect, it } from 'vitest'
import { compileRule, type RuleKind } from '../../../../src/core/envelope/values/rule.ts'
import { codeOf } from '../../../support/sealing.ts'

/** A file from top to bottom: `#x` is a comment, `` a blank line, anything else a variable's name. What is encrypted has a `!`. */
const TABLE: readonly [RuleKind, string, string][] = [
  ['unencrypted_suffix', '_plain', '#any! A! A_plain A_plain2! _plain #_plain!'],
  ['encrypted_suffix', '_secret', '#any A A_secret! A_secret2 #_secret'],
  ['unencrypted_regex', 'B', '#B! A! B AB BA'],
  ['unencrypted_regex', '^B$', '#B! A! B AB! BA!'],
  ['encrypted_regex', 'B', '#B A B! AB! BA!'],
  ['encrypted_regex', '(?i)^b', '#B A B! b! AB'],
  ['encrypted_regex', '\\AB\\z', 'B! BB A'],
  ['unencrypted_comment_regex', 'p', '#x! A! #x! #p #x A B! #p B C!'],
  ['encrypted_comment_regex', 's', '#x A #x #s #x! A! B #s B! C #s #s! D! E'],
]

describe('a rule', () => {
  it.each(TABLE)('%s=%s encrypts what is marked in: %s', async (kind, pattern, file) => {
    const selector = (await compileRule({ kind, pattern }))()
    const read = file.split(' ').map((word) => {
      const line = word.replace('!', '')
      const encrypted = line.startsWith('#') ? selector.comment(line.slice(1)) : selector.variable(line)
      return encrypted ? `${line}!` : line
    })
    expect(read.join(' ')).toBe(file)
  })

  it('starts each pass anew', async () => {
    const select = await compileRule({ kind: 'encrypted_comment_regex', pattern: 's' })
    select().comment('s')
    expect(select().variable('A')).toBe(false)
  })

  it.each(['(', '[a', 'a{2,1}', '(?=a)', '(?<!a)b', '\\1', 'a**'])(
    'with the expression %s, which RE2 does not know, is an error and never "no match"',
    async (pattern) => {
      for (const kind of ['unencrypted_regex', 'encrypted_regex', 'encrypted_comment_regex'] as const) {
        expect(await codeOf(() => compileRule({ kind, pattern }))).toBe('malformed')
        expect(await codeOf(() => compileRule({ kind, pattern }, 'policy-invalid'))).toBe('policy-invalid')
      }
    },
  )

  it('is searched in linear time', async () => {
    const selector = (await compileRule({ kind: 'encrypted_comment_regex', pattern: '(a+)+$' }))()
    expect(selector.comment(`${'a'.repeat(20_000)}!`)).toBe(false)
  })
})
