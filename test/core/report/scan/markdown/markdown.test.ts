import { describe, expect, it } from 'vitest'
import { printScanSummary } from '../../../../../src/core/report/scan/markdown/markdown.ts'
import { FORGED, HOSTILE_OUTCOME, LOOKED, NOTHING, RICH, TOKEN } from '../outcome.ts'

const COMMIT = 'a'.repeat(40)
const PAGES = { repository: 'https://github.com/acme/app', commit: COMMIT }

/** What a reader sees of entities. */
const read = (markdown: string) => markdown.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))

describe('the job summary', () => {
  it('has the counts, the findings with links to their lines, and what else is to know', () => {
    const old = RICH.findings[1]!.origin!.commit
    expect(read(printScanSummary({ ...RICH, findings: RICH.findings.slice(0, 4) }, PAGES))).toBe(`### Sealward scan

Looked at 12 staged files (1.2 MiB) in 35 ms. 1 finding allowed.

| critical | high | medium | low |
|--:|--:|--:|--:|
| 1 | 1 | 1 | 1 |

| Severity | Where | What | Rule | How to mend it |
|---|---|---|---|---|
| high | [<code>.env</code>](https://github.com/acme/app/blob/${COMMIT}/.env) | holds 3 values in plain text | <code>plaintext-dotenv</code> | sealward encrypt .env |
| low | [<code>old/config.php:3</code>](https://github.com/acme/app/blob/${old}/old/config.php?plain=1#L3) in <code>${old}</code> | a GitHub personal access token (classic) <code>ghp_…</code> | <code>github-pat</code> | Delete it at github.com/settings/tokens. |
| critical | [<code>src/deploy.ts:12</code>](https://github.com/acme/app/blob/${COMMIT}/src/deploy.ts?plain=1#L12) | a GitHub personal access token (classic) <code>ghp_…</code> | <code>github-pat</code> | Delete it at github.com/settings/tokens. |
| medium, low confidence | [<code>src/deploy.ts:103</code>](https://github.com/acme/app/blob/${COMMIT}/src/deploy.ts?plain=1#L103) | <code>dbPassword</code> a password in an assignment, a call or a configuration <code>…</code> | <code>generic-password</code> | Change it where it is used, and read it from the environment or from an encrypted file. |

**Allowed**

- <code>docs/guide.md:12</code> <code>github-pat</code>: by a comment beside it: an example from their own documentation

**Allowances to mend**

- <code>src/a.ts:4</code>: it allowed nothing

**Not looked at whole**

- <code>dump.sql</code>: only the first 8 of 100 MiB were looked at

`)
  })

  it('says that nothing was found, or that nothing was selected', () => {
    expect(read(printScanSummary(NOTHING, null))).toBe(
      '### Sealward scan\n\nLooked at 12 staged files (1.2 MiB) in 35 ms: nothing found.\n\n',
    )
    expect(read(printScanSummary({ ...NOTHING, looked: { ...LOOKED, count: 0 } }, null))).toBe(
      '### Sealward scan\n\nThere were no staged files to look at.\n\n',
    )
  })

  it('links nothing where there is no page, or what is no commit', () => {
    expect(printScanSummary(RICH, null)).not.toContain('](')
    const stash = { ...TOKEN, origin: { commit: 'stash@{0}' } }
    expect(printScanSummary({ ...NOTHING, findings: [stash] }, PAGES)).not.toContain('](')
  })

  it('is no Markdown of a name: a hostile one makes neither row, link, tag nor mention', () => {
    const text = printScanSummary(HOSTILE_OUTCOME, null)
    const ours = text.replace(/&#\d+;/g, '').replace(/<\/?code>/g, '')
    expect(ours).not.toMatch(/[<>`[\]\u001b\u202e]/)
    const rows = text.split('\n').filter((line) => line.startsWith('| high'))
    expect(rows).toHaveLength(1)
    expect(rows[0]?.match(/\|/g)).toHaveLength(6)
  })

  it('closes a link behind a path with brackets', () => {
    const { origin: _, ...forged } = FORGED
    const text = printScanSummary({ ...NOTHING, findings: [{ ...forged, file: 'a (1)/b).c', line: 1 }] }, PAGES)
    expect(text).toContain(`](https://github.com/acme/app/blob/${COMMIT}/a%20%281%29/b%29.c?plain=1#L1)`)
  })

  it('shows fifty findings of a file and fifty notes, and counts the others', () => {
    const { fix, ...bare } = TOKEN
    const findings = Array.from({ length: 53 }, () => ({ ...bare }))
    const stale = Array.from({ length: 54 }, (_, at) => ({ file: `s${at}`, why: 'it allowed nothing' }))
    const text = read(printScanSummary({ ...NOTHING, findings, stale }, null))
    expect(text.match(/^\| critical \| <code>src\/deploy.ts:12<\/code> .* \| {2}\|$/gm)).toHaveLength(50)
    expect(text).toContain('|  | <code>src/deploy.ts</code>: 3 more |  |  |  |')
    expect(text.match(/^- <code>s\d+<\/code>: it allowed nothing$/gm)).toHaveLength(50)
    expect(text).toContain('- ... and 4 more\n')
  })

  it('stays below 1 MiB with many findings, and with names of the longest kind', () => {
    const many = Array.from({ length: 3000 }, (_, at) => ({ ...TOKEN, file: `${at}/`.padEnd(180, 'x') }))
    const text = printScanSummary({ ...NOTHING, findings: many }, PAGES)
    expect(text).toContain('... and 2500 more in 2500 other files')
    expect(Buffer.byteLength(text)).toBeLessThan(2 ** 20)
    const long = many.map((finding) => ({ ...finding, file: finding.file.padEnd(4000, 'ä') }))
    const without = printScanSummary({ ...NOTHING, findings: long }, PAGES)
    expect(without).toContain('There is no room for the findings here')
    expect(without).toContain('| 3000 | 0 | 0 | 0 |')
  })
})
