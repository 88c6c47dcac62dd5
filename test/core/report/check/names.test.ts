import { expect, it } from 'vitest'
import { printCheckCsv } from '../../../../src/core/report/check/csv.ts'
import { printCheckHtml } from '../../../../src/core/report/check/html/print.ts'
import { printCheckJson } from '../../../../src/core/report/check/json.ts'
import { printCheckMarkdown } from '../../../../src/core/report/check/markdown.ts'
import { hideNames } from '../../../../src/core/report/check/names.ts'
import { printPrometheus } from '../../../../src/core/report/check/prometheus/print.ts'
import { printCheckSarif } from '../../../../src/core/report/check/sarif.ts'
import { printCheck } from '../../../../src/core/report/check/text.ts'
import { judged, PASSWORD, REPORT } from './report.ts'

const renderings = [
  [
    'text',
    (report: typeof REPORT) => printCheck(report, { all: true, explain: true, width: 80, paint: (_, text) => text }),
  ],
  ['JSON', (report: typeof REPORT) => printCheckJson(report, '1.2.3')],
  ['SARIF', (report: typeof REPORT) => printCheckSarif(report, '1.2.3')],
  ['Markdown', (report: typeof REPORT) => printCheckMarkdown(report, { pages: null, room: 60_000 })],
  ['Prometheus', printPrometheus],
  ['CSV', printCheckCsv],
  ['HTML', (report: typeof REPORT) => printCheckHtml(report, { version: '1.2.3', pages: null })],
] as const

const plainNames = (text: string) => text.replaceAll('&#95;', '_').replaceAll('&#46;', '.').replaceAll('&#58;', ':')

it.each(renderings)('%s says names when they are shown, and none when they are hidden', (_, print) => {
  expect(plainNames(print(hideNames(REPORT, 'full')))).toContain('DATABASE_PASSWORD')
  for (const style of ['hashed', 'none'] as const) {
    const text = plainNames(print(hideNames(REPORT, style)))
    for (const { name } of REPORT.judged) expect(text).not.toContain(name)
  }
})

it('a digest is the same for the same thing in every question, and another for another', () => {
  const other = judged({ ...PASSWORD, rule: 'strength' })
  const elsewhere = judged({ ...PASSWORD, place: { file: 'b/.env' } })
  const names = hideNames({ ...REPORT, judged: [PASSWORD, other, elsewhere] }, 'hashed').judged.map(({ name }) => name)
  expect(names[0]).toMatch(/^secret-[0-9a-f]{8}$/)
  expect(names[1]).toBe(names[0])
  expect(names[2]).not.toBe(names[0])
})

it('without names their kinds are left, and the ids by which issues are known again', () => {
  const hidden = hideNames(REPORT, 'none')
  expect(hidden.judged.map(({ name }) => name)).toEqual(REPORT.judged.map(({ kind }) => kind))
  expect(hidden.judged.map(({ id }) => id)).toEqual(REPORT.judged.map(({ id }) => id))
})
