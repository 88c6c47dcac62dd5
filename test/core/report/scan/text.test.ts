import { describe, expect, it } from 'vitest'
import { printScan } from '../../../../src/core/report/scan/text.ts'
import { DOTENV, HOSTILE_OUTCOME, NOTHING, OLD, RICH, TOKEN } from './outcome.ts'

const plain = { explain: false, paint: (_: string, text: string) => text }

describe('a scan on a terminal', () => {
  it('says what was found by file, how to mend it once, what else is to know, and last a summary', () => {
    expect(printScan(RICH, plain)).toBe(`.env  high      holds 3 values in plain text [plaintext-dotenv]
    fix: sealward encrypt .env

old/config.php:3:7  low       a GitHub personal access token (classic) [github-pat] ghp_…
    in: c0ffee0000000000000000000000000000000000, A. U. Thor, 2026-03-01T12:00:00Z
    fix: Delete it at github.com/settings/tokens.

src/deploy.ts:12:7   critical  a GitHub personal access token (classic) [github-pat] ghp_…
    fix: Delete it at github.com/settings/tokens.
src/deploy.ts:103:1  medium    dbPassword: a password in an assignment, a call or a configuration (low confidence) [generic-password] …
    fix: Change it where it is used, and read it from the environment or from an encrypted file.
src/deploy.ts:140:7  critical  a GitHub personal access token (classic) [github-pat] ghp_…

src/a.ts:4: an allowance to mend: it allowed nothing
dump.sql: not looked at whole: only the first 8 of 100 MiB were looked at
  What was pushed counts as known: revoke it first, then take it out of the file.
  A false alarm, or meant to be public? Say why, in a comment on its line:
    sealward:allow github-pat REASON
  or in sealward.yml, with its path, its rule and a reason.
sealward: 12 staged files (1.2 MiB) in 35 ms: 2 critical, 1 high, 1 medium, 1 low, 1 allowed, 1 allowance to mend, 1 file not looked at whole
`)
  })

  it('proposes no comment for what is about a whole file or in history only', () => {
    expect(printScan({ ...NOTHING, findings: [DOTENV, OLD] }, plain)).toContain(
      'Say why, in sealward.yml, with its path, its rule and a reason.\n',
    )
  })

  it('says why, and what was allowed, only when asked to explain', () => {
    const text = printScan(RICH, { ...plain, explain: true })
    expect(text).toContain(`
    why: its name says password
    why: it is drawn at random
`)
    expect(text).toContain('docs/guide.md:12:7: github-pat is allowed: an example from their own documentation\n')
    expect(printScan(RICH, plain)).not.toMatch(/why:|an example/)
  })

  it('says that nothing was found, and how much was looked at', () => {
    expect(printScan(NOTHING, plain)).toBe('sealward: 12 staged files (1.2 MiB) in 35 ms: nothing found\n')
  })

  it('says that nothing was selected, which is no pass', () => {
    const looked = { what: 'staged files', count: 0, bytes: 0, milliseconds: 1 }
    expect(printScan({ ...NOTHING, looked }, plain)).toBe('sealward: no staged files to look at\n')
  })

  it.each([
    [{ what: 'files', count: 1, bytes: 1, milliseconds: 999.4 }, '1 file (1 byte) in 999 ms'],
    [{ what: 'versions of files', count: 1, bytes: 1536, milliseconds: 1500 }, '1 version of files (1.5 KiB) in 1.5 s'],
    [{ what: 'files', count: 2, bytes: 25_900, milliseconds: 1 }, '2 files (25 KiB) in 1 ms'],
    [{ what: 'files', count: 2, bytes: 5 * 2 ** 40, milliseconds: 125_000 }, '2 files (5.0 TiB) in 2 min 5 s'],
  ])('counts %o', (looked, words) => {
    expect(printScan({ ...NOTHING, looked }, plain)).toContain(words)
  })

  it('colours by severity, and never what a file chose', () => {
    const paint = (colour: string, text: string) => `<${colour}:${text}>`
    const text = printScan({ ...RICH, findings: RICH.findings.slice(2) }, { explain: false, paint })
    expect([...text.matchAll(/<(\w+):([^>]*)>/g)].map((match) => match.slice(1, 3))).toEqual([
      ['red', 'critical'],
      ['dim', '[github-pat]'],
      ['yellow', 'medium  '],
      ['dim', '[generic-password]'],
      ['red', 'critical'],
      ['dim', '[github-pat]'],
      ['red', '2 critical, 1 medium'],
    ])
  })

  it.each([false, true])('lets no text be read as an escape sequence or a command (explain %s)', (explain) => {
    const text = printScan(HOSTILE_OUTCOME, { ...plain, explain })
    expect(text).not.toMatch(/[^\n\x20-\x7e…]/)
    expect(text).not.toContain('##[')
    expect(text).not.toMatch(/^\s*::/m)
  })

  it('shows the most urgent of many, and counts the others', () => {
    const many = Array.from({ length: 30 }, (_, at) => ({ ...TOKEN, line: at + 1, severity: 'low' as const }))
    const text = printScan({ ...NOTHING, findings: [...many, { ...TOKEN, line: 99 }] }, plain)
    expect(text.match(/^src\/deploy\.ts:/gm)).toHaveLength(20)
    expect(text).toContain('src/deploy.ts:99:7  critical')
    expect(text).toContain('... and 11 more in src/deploy.ts\n')
  })

  it('shows 200 findings in all, and counts the other files', () => {
    const many = Array.from({ length: 250 }, (_, at) => ({ ...TOKEN, file: `f${String(at).padStart(3, '0')}` }))
    const text = printScan({ ...NOTHING, findings: many }, plain)
    expect(text.match(/^f\d+:/gm)).toHaveLength(200)
    expect(text).toContain('... and 50 more in 50 other files\n')
    expect(text).toContain(': 250 critical\n')
  })

  it('bounds the notes too', () => {
    const stale = Array.from({ length: 25 }, () => ({ file: 'a', why: 'it has expired' }))
    const text = printScan({ ...NOTHING, stale }, plain)
    expect(text.match(/it has expired/g)).toHaveLength(20)
    expect(text).toContain('... and 5 more of these\n')
  })
})
