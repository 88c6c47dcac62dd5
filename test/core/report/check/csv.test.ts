import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printCheckCsv } from '../../../../src/core/report/check/csv.ts'
import { anyReport, attack, HOSTILE, hostile, judged, NOTHING, PASSWORD, REPORT } from './report.ts'

describe('CSV', () => {
  it('has a head and a record each, the most urgent first, ended with CRLF', () => {
    const lines = printCheckCsv(REPORT).split('\r\n')
    expect(lines.at(-1)).toBe('')
    expect(lines).toHaveLength(REPORT.judged.length + 2)
    expect(lines[0]).toMatch(/^"level","kind","name","rule","message",/)
    expect(lines[1]).toBe(
      `"overdue","secret","DATABASE_PASSWORD","rotate-every","was last changed 47 days ago; every 30 is asked","production","config/.env.production","12","2026-10-05T00:00:00.000Z","yes","2026-11-04T00:00:00.000Z","2026-11-11T00:00:00.000Z","octo-org/data octocat","Change it where it is used, then sealward edit the file","${PASSWORD.id}"`,
    )
    expect(printCheckCsv(NOTHING).split('\r\n')).toHaveLength(2)
  })

  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['  =1', "'  =1"],
    ['\t=1', '\\x09=1'],
    ['＝1', "'＝1"],
    ['a;=1', "a;'=1"],
    ['a","=1', `a"",""'=1`],
    ['a-b=c', 'a-b=c'],
    ['47 days ago; every 30', '47 days ago; every 30'],
  ])('a name %j is the field %j', (name, field) => {
    const [, record] = printCheckCsv({ ...REPORT, judged: [judged({ ...PASSWORD, name })] }).split('\r\n')
    expect(record).toContain(`"secret","${field}","rotate-every"`)
  })

  it('gives no field to a formula and no line to a name, read with any separator', () => {
    const check = (text: string, records: number) => {
      expect(text).not.toContain('##[')
      expect(text).not.toMatch(/[\0-\x09\x0b\x0c\x0e-\x1f]/)
      const lines = text.split('\r\n')
      expect(lines).toHaveLength(records + 2)
      for (const line of lines.slice(0, -1)) {
        expect(fieldsOf(line)).toHaveLength(15)
        for (const cell of line.split(/[,;|]/)) expect(cell).not.toMatch(/^["\s]*[=+\-@＝＋－＠]/)
      }
    }
    check(printCheckCsv(hostile(HOSTILE)), 4)
    fc.assert(fc.property(anyReport, (report) => check(printCheckCsv(report), report.judged.length)))
  })

  it('is read back as it was, but for what is held off or made visible', () => {
    fc.assert(
      fc.property(attack, (name) => {
        fc.pre(/^[\w ."/\\]*$/.test(name))
        const [, record = ''] = printCheckCsv({ ...REPORT, judged: [judged({ ...PASSWORD, name })] }).split('\r\n')
        expect(fieldsOf(record)[2]).toBe(name)
      }),
    )
  })
})

/** One record of RFC 4180, strictly: every field in quotes. */
function fieldsOf(record: string): string[] {
  expect(record).toMatch(/^"(?:[^"]|"")*"(?:,"(?:[^"]|"")*")*$/u)
  return [...record.matchAll(/"((?:[^"]|"")*)"(?:,|$)/gu)].map((match) => match[1]!.replaceAll('""', '"'))
}
