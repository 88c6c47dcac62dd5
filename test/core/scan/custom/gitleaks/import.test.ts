import { describe, expect, it } from 'vitest'
import { parsePolicy } from '../../../../../src/core/policy/policy.ts'
import { importGitleaks } from '../../../../../src/core/scan/custom/gitleaks/import.ts'
import { globOfPath } from '../../../../../src/core/scan/custom/gitleaks/path-glob.ts'
import { sampleOf } from '../../../../../src/core/scan/custom/gitleaks/sample.ts'
import { fillExample } from '../../../../../src/core/scan/custom/template.ts'
import { testRules } from '../../../../../src/core/scan/custom/test-rules.ts'

/** The parser is a parameter: these documents are what one makes of TOML. */
const imported = (document: unknown) => importGitleaks('', () => document)

const RULE = {
  id: 'Corp_Token',
  description: 'a token of the corporation',
  regex: '(?i)corp[_-]([0-9a-f]{32})\\b',
  keywords: ['corp'],
}

describe('a gitleaks configuration', () => {
  it('becomes a section that sealward.yml accepts, with rules that pass their own test', async () => {
    const { yaml, left } = await imported({
      title: 'ours',
      rules: [RULE, { ...RULE, id: 'b', regex: 'zap-[a-zA-Z0-9]{20}', keywords: ['ZAP-'] }],
      allowlist: { description: 'vendored', paths: ['^vendor/', '\\.lock$'] },
    })
    expect(left).toEqual([])
    const { scan } = parsePolicy(yaml, 'f')
    expect(scan.ignore.map(({ path, reason }) => [path, reason])).toEqual([
      ['vendor/**', 'vendored'],
      ['**/*.lock', 'vendored'],
    ])
    expect(scan.rules).toMatchObject([
      { id: 'corp-token', what: RULE.description, pattern: RULE.regex, group: 1, keywords: ['corp'] },
      { id: 'b', group: 0, keywords: ['zap-'], hits: ['zap-{b62:20}'] },
    ])
    expect(await testRules(scan.rules, { file: 'f', taken: new Set() })).toEqual([])
  })

  it('says by name what is not carried over', async () => {
    const { yaml, left } = await imported({
      extend: { useDefault: true, disabledRules: ['aws-access-token'], path: 'base.toml' },
      rules: [
        {
          ...RULE,
          id: 'a',
          entropy: 3.5,
          tags: ['x'],
          allowlists: [{ stopwords: ['test'], regexes: ['a', 'b'] }],
          skipReport: true,
        },
        { ...RULE, id: 'b', path: '\\.env$' },
        { ...RULE, id: 'c', keywords: [] },
        { ...RULE, id: 'd', keywords: ['ok'] },
        { ...RULE, id: 'e', regex: '' },
        { ...RULE, id: 'f', regex: '(?<=a)b' },
        { ...RULE, id: 'g', regex: 'corp\\pL{20}' },
        { ...RULE, id: 'a' },
      ],
      allowlist: { paths: ['a.*b'], regexes: ['x'], commits: ['abc'], stopwords: ['y'] },
      allowlists: [{ targetRules: ['a'], paths: ['^a$'] }],
      more: 1,
    })
    expect(left).toEqual([
      'more is left out',
      'extend.path is left out: import that file too',
      'extend.useDefault: the rules that are built into Sealward take their place',
      'extend.disabledRules: aws-access-token is a rule of gitleaks; see scan.disable',
      'allowlist.regexes is left out (1)',
      'allowlist.stopwords is left out (1)',
      'allowlist.commits is left out (1)',
      'allowlist.paths[0] is left out: no glob means the same',
      'allowlist is left out: it has a condition or is for some rules only',
      'rule a: entropy is left out, so it finds more',
      'rule a: tags are left out',
      'rule a: allowlist.regexes is left out (2), so it finds more',
      'rule a: allowlist.stopwords is left out (1), so it finds more',
      'rule a: skipReport is left out',
      'rule b is left out: it is for some paths only',
      'rule c is left out: it has no keywords',
      'rule d is left out: a keyword is not 3 to 64 characters of ASCII',
      'rule e is left out: it has no regex',
      expect.stringMatching(/^rule f is left out: a regular expression is not valid RE2/),
      'rule g is left out: no example can be made from its regex: write the rule with hits and misses',
      'rule a is left out: its id stands twice',
    ])
    expect(parsePolicy(yaml, 'f').scan.rules.map(({ id }) => id)).toEqual(['a'])
  })

  it('that says little gets what sealward.yml asks for', async () => {
    const { yaml, left } = await imported({
      extend: { disabledRules: ['not a name'] },
      rules: [
        { id: '', regex: 'corp_((x)[0-9a-f]{30})', secretGroup: 2, keywords: ['corp_'] },
        { ...RULE, id: 'never', regex: 'corp_(?:x{40})' },
      ],
      allowlists: [{ paths: ['^vendor/'] }, { description: ' ', paths: ['^docs/'] }],
    })
    expect(left).toEqual([
      'extend.disabledRules: (a name) is a rule of gitleaks; see scan.disable',
      'rule never is left out: no example that was made from its regex is found: write the rule with hits and misses',
    ])
    const { scan } = parsePolicy(yaml, 'f')
    const reason = 'taken over from the gitleaks configuration'
    expect(scan.ignore).toMatchObject([
      { path: 'vendor/**', reason },
      { path: 'docs/**', reason },
    ])
    expect(scan.rules).toMatchObject([{ id: 'unnamed', what: 'what unnamed finds', group: 2 }])
  })

  it('that has nothing to take over gives an empty section', async () => {
    expect(await imported({})).toEqual({ yaml: 'scan: {}\n', left: [] })
  })

  it('with more rules than anybody writes is refused', async () => {
    const rules = Array.from({ length: 5001 }, (_, at) => ({ id: `r${at}` }))
    await expect(imported({ rules })).rejects.toMatchObject({ code: 'limit' })
  })

  it.each([
    ['rules that are no list', { rules: {} }, 'rules'],
    ['a rule without an id', { rules: [{ regex: 'a' }] }, 'rules.0.id'],
    ['no table', 'text', 'it'],
  ])('with %s is refused', async (_, document, place) => {
    await expect(imported(document)).rejects.toMatchObject({
      code: 'malformed',
      message: expect.stringContaining(`: ${place} is not`),
    })
  })

  it('that is no TOML is refused without the words of the parser, which quote it', async () => {
    const parser = () => {
      throw new Error('secret')
    }
    await expect(importGitleaks('', parser)).rejects.toMatchObject({ code: 'malformed', message: 'this is not TOML' })
  })
})

describe('an example made of an expression', () => {
  it.each([
    '\\b(ghp_[0-9a-zA-Z]{36})\\b',
    '(?i)[\\w.-]{0,50}?(?:adafruit)(?:[ \\t\\w.-]{0,20})[\\s\'"]{0,3}(?:=|>|:{1,3}=|\\|\\||:|=>)[\\x60\'"\\s=]{0,5}([a-z0-9_-]{32})(?:[\\x60\'"\\s;]|\\\\[nr]|$)',
    'p8e-[a-z0-9]{32}',
    '[^a-z]x[[:alnum:]]{4,}y+z*\\.\\-\\x41',
    '^(?P<name>a|b)(?:c{2}){3}.{5}$',
    '[]a-]{3}[\\]\\d]{2}',
    '[ ]{3}a',
  ])('%s is found by it', (pattern) => {
    const sample = fillExample(sampleOf(pattern) ?? '')
    const inJs = pattern
      .replace('(?i)', '')
      .replace('(?P<', '(?<')
      .replace('[[:alnum:]]', '[a-zA-Z0-9]')
      .replace('[]a-]', '[\\]a-]')
    expect(sample).toMatch(new RegExp(inJs, 'm'))
  })

  it.each(['(', 'a)', '[a', '\\pL', 'a**', '['.repeat(50), '('.repeat(50), '[a\\', '[\\pL]', '[a-\\d]'])(
    '%s has none',
    (pattern) => {
      expect(sampleOf(pattern)).toBeNull()
    },
  )
})

it('an example of a set without a printable character has none of it', () => {
  expect(sampleOf('[[:nope:]]a[^\\x20-\\x7e]b')).toBe('ab')
})

describe('a path expression', () => {
  it.each([
    ['^docs/', 'docs/**'],
    ['^docs/a\\.md$', 'docs/a.md'],
    ['node_modules/', '**/*node_modules/**'],
    ['(^|/)vendor/', '**/vendor/**'],
    ['(?:^|/)go\\.sum$', '**/go.sum'],
    ['/vendor/', '*/**/vendor/**'],
    ['\\.lock$', '**/*.lock'],
    ['.*\\.svg$', '**/*.svg'],
    ['fixtures/.*', '**/*fixtures/**'],
    ['package-lock', '**/*package-lock*{,/**}'],
  ])('%s is %s', (pattern, glob) => {
    expect(globOfPath(pattern)).toBe(glob)
  })

  it.each(['a.b', '(a|b)$', 'a.*b', '[ab]', '', 'a+', 'vendor/$', '(?i)a'])('%s is no glob', (pattern) => {
    expect(globOfPath(pattern)).toBeNull()
  })
})
