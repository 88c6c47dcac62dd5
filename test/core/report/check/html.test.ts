import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printCheckHtml } from '../../../../src/core/report/check/html/print.ts'
import { anyReport, HOSTILE, hostile, NOTHING, PASSWORD, REPORT } from './report.ts'

const pages = { repository: 'https://github.com/octo-org/shop', commit: 'c0ffee'.padEnd(40, '0') }
const print = (report: typeof REPORT) => printCheckHtml(report, { version: '1.2.3', pages })
const page = print(REPORT)

describe('the HTML report', () => {
  it('allows nothing but its own style, by digest', () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)![1]!
    const digest = createHash('sha256').update(style).digest('base64')
    expect(page).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'">`,
    )
    expect(page.match(/<style/g)).toHaveLength(1)
  })

  it('loads nothing and runs nothing', () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|<object|@import|url\(|\ssrc=|\sstyle=|\son\w+=|javascript:/i)
    const links = [...page.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, link]) => link!)
    expect(links).toHaveLength(6)
    for (const link of links) expect(link).toMatch(/^https:\/\/github\.com\/octo-org\/shop\/blob\/c0ffee0{34}\//)
  })

  it('has a row each with its level, a heading for each row and column, and the most urgent first', () => {
    const rows = [...page.matchAll(/<tr role="row" class="(\w+)">/g)].map(([, level]) => level)
    expect(rows).toEqual(['overdue', 'critical', 'late', 'late', 'due', 'ok'])
    expect(page.match(/scope="col"/g)).toHaveLength(4)
    expect(page.match(/scope="row"/g)).toHaveLength(6)
    expect(page).toContain('<caption')
    expect(page).toContain('<html lang="en">')
  })

  it('has a box for each level that occurs, and a rule of the style that hides its rows', () => {
    for (const level of ['overdue', 'critical', 'late', 'due', 'ok']) {
      expect(page).toContain(`<input type="checkbox" id="show-${level}" checked>${level} (`)
      expect(page).toContain(`body:has(#show-${level}:not(:checked)) tr.${level}{display:none}`)
    }
    expect(print({ ...REPORT, judged: [PASSWORD] })).not.toContain('id="show-ok"')
  })

  it('draws a life on one axis for all, with words for who does not see it', () => {
    const only = print({ ...REPORT, judged: [PASSWORD] })
    expect(only).toContain('<svg role="img" aria-label="2026-10-05 to 2026-11-11" viewBox="0 0 1000 14"')
    const at = (day: number) => Math.round(((90 + day) / 450) * 1000)
    expect(only).toContain(`<rect class="life" x="${at(-47.5)}" y="2" width="${at(-17.5) - at(-47.5)}" height="10"/>`)
    expect(only).toContain(`<rect class="warn" x="${at(-17.5)}" y="2" width="${at(-10.5) - at(-17.5)}" height="10"/>`)
    expect(only).toContain('<line class="now" x1="200" y1="0" x2="200" y2="14"/>')
  })

  it('says that there was nothing', () => {
    expect(print(NOTHING)).toContain('<p class="verdict">nothing to judge</p>')
    expect(print(NOTHING)).not.toContain('<table')
  })

  it('links to no page that is none', () => {
    const odd = { ...pages, repository: 'javascript:alert(1)//' }
    expect(printCheckHtml(REPORT, { version: '1', pages: odd })).not.toContain('href=')
    expect(printCheckHtml(REPORT, { version: '1', pages: null })).not.toContain('href=')
  })

  it('has the same elements whatever things are called', () => {
    const expectInert = (text: string, plain: string) => {
      expect(tagsOf(text)).toEqual(tagsOf(plain))
      expect(text).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202e\u200b]/)
      expect(text.isWellFormed()).toBe(true)
    }
    expectInert(print(hostile(HOSTILE)), print(hostile('x')))
    expect(print(hostile(HOSTILE))).not.toContain('##[')
    fc.assert(
      fc.property(anyReport, (report) => {
        const text = print(report)
        expect(text).toBe(text.toWellFormed())
        expect(new Set(tagsOf(text))).toEqual(new Set(tagsOf(text).filter((tag) => KNOWN.test(tag))))
      }),
    )
  })
})

/** Tags without what may differ: the words of an attribute in quotes. */
function tagsOf(text: string): string[] {
  const body = text.slice(text.indexOf('</style>'))
  return (body.match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/"[^"]*"/g, '""'))
}

const KNOWN =
  /^<(?:\/?(?:style|head|header|h1|h2|p|main|fieldset|legend|label|table|caption|thead|tbody|tr|th|td|div|span|bdi|code|details|summary|ul|li|svg|rect|line|body|html|a|time|br)|input)(?: [a-z-]+=""| [a-zA-Z0-9]+=""| viewBox=""| preserveAspectRatio=""| checked)*\/?>$/
