import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ISSUE_ROOM,
  printCheckMarkdown,
  printJudgedMarkdown,
  SUMMARY_ROOM,
} from '../../../../src/core/report/check/markdown.ts'
import { proseMarkdown } from '../../../../src/core/report/check/prose-markdown.ts'
import { AT, anyReport, ENDPOINT, FINE, HOSTILE, hostile, judged, NOTHING, PASSWORD, REPORT } from './report.ts'

const pages = { repository: 'https://github.com/octo-org/shop', commit: 'c0ffee'.padEnd(40, '0') }
const print = (report: typeof REPORT, room = ISSUE_ROOM) => printCheckMarkdown(report, { pages, room })

/** What a reader sees, of what is written in entities. */
const readable = (text: string) => text.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))

describe('a check as Markdown', () => {
  it('has the counts, a table, the picture and the notes', () => {
    const text = print(REPORT)
    expect(readable(text)).toMatch(
      /^\*\*1 overdue, 1 critical, 2 late, 1 due, 1 ok; next due 2026-12-30\*\*\n\n\| Level /,
    )
    expect(text.match(/^\| (?:overdue|critical|late|due|ok) /gm)).toHaveLength(5)
    expect(readable(text)).toContain(
      `| overdue | <code>DATABASE_PASSWORD</code> was last changed 47 days ago; every 30 is asked (<code>rotate-every</code>) | [<code>config/.env.production:12</code>](${pages.repository}/blob/${pages.commit}/config/.env.production?plain=1#L12), <code>production</code>, <code>octo-org/data</code>, <code>octocat</code> | 10 days over | Change it where it is used, then sealward edit the file |`,
    )
    expect(text).toContain('\n```mermaid\ngantt\n')
    expect(readable(text)).toContain('- an endpoint did not answer within 5 s\n')
  })

  it('says that nothing is due, and that there was nothing', () => {
    expect(print({ ...REPORT, judged: [FINE], notes: [] })).toContain('\nNothing is due.\n')
    expect(print(NOTHING)).toBe('**nothing to judge**\n\nNothing is due.\n')
  })

  it('keeps to its room, shows the most urgent and counts the rest', () => {
    const many = Array.from({ length: 3_000 }, (_, at) => judged({ ...PASSWORD, name: `NAME_${at}`, level: 'due' }))
    const report = { ...REPORT, judged: [...many, ENDPOINT] }
    for (const room of [ISSUE_ROOM, SUMMARY_ROOM, 5_000, 1_000]) expect(print(report, room).length).toBeLessThan(room)
    const text = print(report)
    expect(text.length).toBeGreaterThan(ISSUE_ROOM * 0.9)
    expect(readable(text).indexOf('db.example.org')).toBeLessThan(readable(text).indexOf('NAME_0'))
    expect(text).toMatch(/\n\.\.\. and \d+ more\n/)
    expect(text).toContain('```mermaid')
  })

  it('of one thing says what, where, whose, when, what to do and why', () => {
    expect(readable(printJudgedMarkdown(PASSWORD, AT, pages))).toBe(
      `<code>DATABASE_PASSWORD</code> was last changed 47 days ago; every 30 is asked (**overdue**).

| | |
|---|---|
| Where | [<code>config/.env.production:12</code>](${pages.repository}/blob/${pages.commit}/config/.env.production?plain=1#L12) |
| Environment | <code>production</code> |
| Owners | <code>octo-org/data</code>, <code>octocat</code> |
| Time | 2026-10-05 to 2026-11-11: 10 days over |

**What to do:** Change it where it is used, then sealward edit the file

Why:

- production asks for every 30 days (the default)
- grace of 7 days (sealward.yml:14)
`,
    )
  })

  it('of one thing of which nothing more is known is a sentence', () => {
    const bare = judged({ kind: 'endpoint', rule: 'silent', level: 'late', name: 'A', message: 'did not answer' })
    expect(printJudgedMarkdown(bare, AT, pages)).toBe('<code>A</code> did not answer (**late**).\n')
  })

  it('counts what is left of many notes', () => {
    const notes = (length: number) => Array.from({ length }, () => ({ message: 'not read' }))
    const linesOf = (length: number) => print({ ...NOTHING, notes: notes(length) }).match(/^- .*$/gm)
    expect(linesOf(30)).toHaveLength(30)
    expect(linesOf(33)?.slice(29)).toEqual(['- not read', '- ... and 3 more'])
  })

  it('of one thing keeps to the room of an issue, and leaves out the longest last', () => {
    const long = judged({ ...PASSWORD, reasons: Array.from({ length: 50 }, () => '#'.repeat(2_000)) })
    const text = printJudgedMarkdown(long, AT, pages)
    expect(text.length).toBeLessThanOrEqual(ISSUE_ROOM)
    expect(text).toContain('**What to do:**')
    expect(text).not.toContain('Why:')
  })

  it('links nothing without a page', () => {
    expect(printCheckMarkdown(REPORT, { pages: null, room: ISSUE_ROOM })).not.toContain('](')
    expect(printCheckMarkdown(REPORT, { pages: { ...pages, commit: 'main' }, room: ISSUE_ROOM })).not.toContain('](')
  })
})

describe('hostile text in Markdown', () => {
  /** Every character that could be structure, a mention or a reference is one that this code wrote. */
  const expectInert = (text: string) => {
    const own = text
      .replace(/```mermaid\n[^`]*```/g, '')
      .replace(/\]\(https:\/\/github\.com\/octo-org\/shop\/blob\/c0ffee0{34}\/[\w.~%/-]*(?:\?plain=1#L\d+)?\)/g, '')
      .replace(/<\/?code>|&#\d+;/g, '')
      .replace(/^#### |\*\*|^- |\|[-:]*/gm, '')
    expect(own).not.toMatch(/[@#<>`*_~\\{}!&]|\]\(|:\/\/|www\.|GH-\d|[^\n\x20-\x7e]/)
    const outside = text.replace(/<code>.*?<\/code>/g, '')
    expect(outside).not.toMatch(/&#(?:64|35);(?!&#8203;)/)
    expect(outside).not.toMatch(/GH&#45;/i)
  }

  it('is text in an issue and in a summary', () => {
    expectInert(print(hostile(HOSTILE)))
    for (const one of hostile(HOSTILE).judged) expectInert(printJudgedMarkdown(one, AT, pages))
  })

  it('is so in any report, which keeps to its room', () => {
    fc.assert(
      fc.property(anyReport, fc.integer({ min: 500, max: 20_000 }), (report, room) => {
        const text = print(report, room)
        expectInert(text)
        expect(text.length).toBeLessThanOrEqual(room)
        for (const one of report.judged) expectInert(printJudgedMarkdown(one, report.at, pages))
      }),
    )
  })

  it('of a sentence says all, with a space without width where a mention would begin', () => {
    const sentence = `ask @octocat about GH-12 and #3; ${'word '.repeat(60)}end`
    const seen = readable(proseMarkdown(sentence))
    expect(seen).toContain('ask @\u200boctocat about GH\u200b-12 and #\u200b3; ')
    expect(seen.replaceAll('\u200b', '')).toBe(sentence)
  })
})
