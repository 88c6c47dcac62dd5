import { describe, expect, test } from 'vitest'
import { printSummary, type Summary, type SummaryFile } from '../../../src/core/report/summary.ts'

const now = new Date('2027-03-01T12:00:00Z')
const file: SummaryFile = {
  path: 'a/.env.production.encrypted',
  environment: 'production',
  names: ['DATABASE_URL', 'KEY'],
  timestamp: '2027-02-01T12:00:00Z',
}
const print = (summary: Partial<Summary>) =>
  printSummary({ files: [file], maskedForms: 61, style: 'names', now, ...summary })

/** What a reader sees of entities. */
const read = (markdown: string) => markdown.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))

test('one file is one row, and its names stand below', () => {
  expect(read(print({}))).toBe(`### Sealward

| File | Environment | Variables | Masked forms | Last changed |
|---|---|--:|--:|---|
| <code>a/.env.production.encrypted</code> | <code>production</code> | 2 | 61 | 28 days ago |

<code>DATABASE_URL</code> <code>KEY</code>

`)
})

test('several files have a last row for all', () => {
  const other = { ...file, path: 'b', environment: null, names: ['KEY', 'X'] }
  const lines = read(print({ files: [file, other], style: 'counts' })).split('\n')
  expect(lines.slice(4)).toEqual([
    '| <code>a/.env.production.encrypted</code> | <code>production</code> | 2 |  | 28 days ago |',
    '| <code>b</code> |  | 2 |  | 28 days ago |',
    '| 2 files |  | 4 | 61 |  |',
    '',
    '',
  ])
})

test('counts shows no names, and off nothing at all', () => {
  expect(print({ style: 'counts' })).not.toContain('DATABASE')
  expect(print({ style: 'off' })).toBe('')
})

test('who decrypted is said where it is known, with the run and the minute', () => {
  const lines = (summary: Partial<Summary>) => read(print(summary)).split('\n').slice(6)
  const by = { via: 'github', name: 'octo|cat', run: 'acme/app/runs/12' } as const
  expect(lines({ style: 'counts', by })).toEqual([
    'Decrypted for <code>octo|cat</code> in <code>acme/app/runs/12</code>, 2027-03-01 12:00 UTC.',
    ...['', ''],
  ])
  expect(lines({ style: 'counts', by: { via: 'git', name: 'Alice' } })).toContain(
    'Decrypted for <code>Alice</code>, 2027-03-01 12:00 UTC.',
  )
  expect(print({ by, style: 'off' })).toBe('')
})

test('nothing stands below a table without names', () => {
  expect(print({ files: [{ ...file, names: [] }] })).toBe(print({ files: [{ ...file, names: [] }], style: 'counts' }))
})

test.each([
  ['2027-03-01T11:59:31Z', '0 minutes ago'],
  ['2027-03-01T11:59:00Z', '1 minute ago'],
  ['2027-03-01T12:05:00Z', '0 minutes ago'],
  ['2027-03-01T13:05:00Z', 'in the future'],
  ['2027-03-01T10:01:00Z', '119 minutes ago'],
  ['2027-03-01T10:00:00Z', '2 hours ago'],
  ['2027-02-27T13:00:00+01:00', '2 days ago'],
  ['2020-03-01T12:00:00Z', '2556 days ago'],
  ['never', ''],
])('%s is %j', (timestamp, age) => {
  expect(print({ files: [{ ...file, timestamp }], style: 'counts' })).toContain(`| 61 | ${age} |`)
})

describe('text of a file', () => {
  test.each([
    'a|b',
    'a\\|b',
    '`a`',
    '</code><script>x</script>',
    '[x](javascript:x)',
    '![x](https://h/p.png)',
    '@octocat #1 www.x.org https://x.org',
    '**a** _b_ ~~c~~',
    '&lt;&#60;',
    'ä\u{1F512}',
  ])('%j is shown as it is, and no character of it is markup', (text) => {
    const markdown = print({ files: [{ path: text, environment: text, names: [text], timestamp: file.timestamp }] })
    const cells = [...markdown.matchAll(/<code>(.*?)<\/code>/g)].map((match) => match[1]!)
    expect(cells.map(read)).toEqual([text, text, text])
    for (const cell of cells) expect(cell).toMatch(/^(?:[A-Za-z0-9 ]|&#\d+;)*$/)
    expect(markdown.split('\n')).toHaveLength(9)
  })

  test('that breaks lines or hides is escaped', () => {
    expect(read(print({ files: [{ ...file, path: 'a\n| b |\r\u202e' }] }))).toContain('a\\x0a| b |\\x0d\\u202e')
  })
})

test('the whole has a bound', () => {
  const files = Array.from({ length: 500 }, (_, index) => ({
    ...file,
    path: '|'.repeat(5000),
    names: Array.from({ length: 100 }, (_, name) => `${'_'.repeat(500)}${index}_${name}`),
  }))
  const markdown = print({ files })
  expect(markdown.length).toBeLessThan(512 * 1024)
  expect(markdown).toContain('and 49800 more')
})
