import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeBlob } from '../../../src/core/scan/judge.ts'
import type { ScanRule } from '../../../src/core/scan/rule.ts'
import { RULES } from '../../../src/core/scan/rules.ts'
import { randomSecret } from '../../support/git-repository.ts'
import { pemKeys } from '../../support/private-keys.ts'
import { ownHits } from './own-hits.ts'

const path = fc.oneof(
  fc.constantFrom('.env', 'a/.env.local', '.envrc', 'x.env', '.env.encrypted', 'main.ts'),
  fc.string({ unit: 'binary' }),
)
/** Bytes that look like what the rules look for, and bytes that do not. */
const content = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\n', '\r\n', '\0', '=', '"', "'", '#', 'KEY=', 'export ', '${', '$(', '`', '\\'),
      fc.constantFrom(
        'sops_mac=',
        'sops_version=3.13.0',
        'sops_lastmodified=',
        'sops_age__list_0__map_enc=',
        'ENC[',
        'KEY=v',
      ),
      fc.constantFrom(
        '-----BEGIN PRIVATE KEY-----',
        '-----END',
        'PuTTY-User-Key-File-2: ',
        'Private-Lines: 1',
        'AGE-SECRET-KEY-1',
      ),
      fc.base64String({ minLength: 64 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => Buffer.from(parts.join('')))

describe('judging a file', () => {
  it('never throws, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(path, content, async (name, bytes) => {
        for (const { finding } of await judgeBlob({ path: name, bytes })) expect(finding.file).toBe(name)
      }),
    )
    await fc.assert(
      fc.asyncProperty(path, fc.uint8Array({ maxLength: 500 }), async (name, bytes) => {
        await judgeBlob({ path: name, bytes })
      }),
    )
  })

  it('answers in the order of the lines, first what is about the whole file', async () => {
    const saying = (...lines: readonly number[]): ScanRule => ({
      finds: {},
      judge: async ({ path: file }) =>
        [undefined, ...lines].map((line) => ({
          finding: { rule: 'r', file, message: 'm', ...(line === undefined ? {} : { line }) },
          fingerprint: '',
        })),
    })
    const hits = await judgeBlob({ path: 'a', bytes: Buffer.from('') }, [saying(7, 3), saying(5)])
    expect(hits.map(({ finding }) => finding.line)).toEqual([undefined, undefined, 3, 5, 7])
  })

  it('is stateless: the second judgement is the first', async () => {
    await fc.assert(
      fc.asyncProperty(path, content, async (name, bytes) => {
        expect(await judgeBlob({ path: name, bytes })).toEqual(await judgeBlob({ path: name, bytes }))
      }),
    )
  })

  it('reports by line, and every rule: one may be allowed where another is not', async () => {
    const text = `KEY=${randomSecret()}\nPEM='${pemKeys().RSA}'\n`
    const hits = await ownHits({ path: '.env', bytes: Buffer.from(text) })
    expect(hits.map(({ finding: { rule, line } }) => [rule, line])).toEqual([
      ['plaintext-dotenv', 1],
      ['private-key', 2],
    ])
  })

  it('names no rule that is not on the list, and no two rules share a name', () => {
    const names = RULES.flatMap(({ finds }) => Object.keys(finds))
    expect(new Set(names).size).toBe(names.length)
    expect(names).toEqual(['plaintext-dotenv', 'plaintext-value', 'malformed', 'rule-weak', 'private-key'])
  })
})

describe('the command that mends it', () => {
  it.each([
    ['.env', '', 'sealward protect .env'],
    ['a/.env', '', 'sealward protect a/.env'],
    ['a/.env', 'a/', 'sealward protect .env'],
    ['a/.env', 'a/b/', 'sealward protect ../.env'],
    ['.env', 'a/b/', 'sealward protect ../../.env'],
    ['b/.env', 'a/', 'sealward protect ../b/.env'],
    ['ab/.env', 'a/', 'sealward protect ../ab/.env'],
    ['a b/.env', '', "sealward protect 'a b/.env'"],
    ["it's.env", '', "sealward protect 'it'\\''s.env'"],
    ['$(touch x).env', '', "sealward protect '$(touch x).env'"],
    ['-x.env', '', 'sealward protect ./-x.env'],
    ['größe.env', '', "sealward protect 'größe.env'"],
    ['a\nb.env', '', 'sealward protect'],
    ['a\u202eb.env', '', 'sealward protect'],
  ])('for %j, typed in %j', async (file, prefix, fix) => {
    const [hit] = await ownHits({ path: file, bytes: Buffer.from('KEY=v'), prefix })
    expect(hit?.finding.fix).toBe(fix)
  })
})
