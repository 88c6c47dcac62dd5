import fc from 'fast-check'
import { expect, it } from 'vitest'
import { printGantt } from '../../../../src/core/report/check/gantt.ts'
import {
  ATTACKS,
  anyReport,
  day,
  ENDPOINT,
  FINE,
  HOSTILE,
  hostile,
  judged,
  NOTHING,
  PASSWORD,
  REPORT,
} from './report.ts'

/** The part of Mermaid's grammar that is written; its own parser took the same hostile names when this was made (version 11.17). */
const TEXT = String.raw`[\p{L}\p{N}._-]+(?: [\p{L}\p{N}._-]+)*`
const DATE = String.raw`\d{4,}-\d\d-\d\d`
const BAR = String.raw`    (?:ok|due|late|critical|overdue) ${TEXT} :(?:crit, |active, )?(?:milestone, ${DATE}, 0d|${DATE}, [1-9]\d*d)\n`
const HEAD = String.raw`gantt\n  dateFormat YYYY-MM-DD\n  axisFormat %b %Y\n  tickInterval 1month\n`
const GRAMMAR = new RegExp(`^${HEAD}(?:  section ${TEXT}\n(?:${BAR})+)+$`, 'u')

it('draws from the day something should be done to its end, by environment', () => {
  expect(printGantt(REPORT)).toBe(`gantt
  dateFormat YYYY-MM-DD
  axisFormat %b %Y
  tickInterval 1month
  section development
    ok SMTP_API_KEY :2027-02-10, 7d
  section other
    late Example Issuing CA 3 :active, 2026-11-21, 2d
  section production
    overdue DATABASE_PASSWORD :crit, milestone, 2026-11-21, 0d
    critical www.example.org :crit, 2026-11-21, 5d
  section staging
    due PARTNER_JWT :active, 2026-12-30, 15d
`)
})

it('draws nothing of what has no end or lies later than a year', () => {
  const later = judged({ ...FINE, due: day('2027-12-01'), end: day('2027-12-08') })
  expect(printGantt({ ...REPORT, judged: [ENDPOINT, later] })).toBe('')
  expect(printGantt(NOTHING)).toBe('')
})

it('cuts a bar off after a year', () => {
  const long = judged({ ...FINE, due: day('2027-11-01'), end: day('2030-01-01') })
  expect(printGantt({ ...REPORT, judged: [long] })).toContain(' :2027-11-01, 20d\n')
})

it('draws the 40 most urgent', () => {
  const many = Array.from({ length: 60 }, (_, at) => judged({ ...FINE, name: `N${at}` }))
  const picture = printGantt({ ...REPORT, judged: [...many, PASSWORD] })
  expect(picture.match(/ :/g)).toHaveLength(40)
  expect(picture).toContain('DATABASE_PASSWORD')
})

it.each([...ATTACKS, HOSTILE])('is as the grammar has it with a name %j', (text) => {
  expect(printGantt(hostile(text))).toMatch(GRAMMAR)
})

it('is so for any report', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      const picture = printGantt(report)
      if (picture !== '') expect(picture).toMatch(GRAMMAR)
    }),
  )
})
