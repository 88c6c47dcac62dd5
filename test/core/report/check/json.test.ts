import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import fc from 'fast-check'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { checkSchemaText } from '../../../../scripts/schema.ts'
import { printCheckJson } from '../../../../src/core/report/check/json.ts'
import { CheckDocumentShape } from '../../../../src/core/report/check/json-shape.ts'
import { anyReport, HOSTILE, hostile, NOTHING, PASSWORD, REPORT } from './report.ts'

const read = (text: string) => v.parse(CheckDocumentShape, JSON.parse(text))
const ajv = new Ajv()
formats.default(ajv)
const judge = ajv.compile(JSON.parse(readFileSync('docs/check.schema.json', 'utf8')))

it('the published schema is the committed one', () => {
  expect(readFileSync('docs/check.schema.json', 'utf8')).toBe(checkSchemaText())
})

it.each([
  ['everything', REPORT],
  ['nothing', NOTHING],
  ['hostile names', hostile(HOSTILE)],
])('a document of %s is as the schema has it', (_, report) => {
  const text = printCheckJson(report, '1.2.3')
  expect(read(text)).toEqual(JSON.parse(text))
  judge(JSON.parse(text))
  expect(judge.errors).toBeNull()
})

it('holds all that was judged, the most urgent first, with the counts and the next day', () => {
  const document = read(printCheckJson(REPORT, '1.2.3'))
  expect(document).toMatchObject({ version: 1, at: '2026-11-21T12:00:00.000Z', nextDue: '2026-12-30T00:00:00.000Z' })
  expect(document.counts).toEqual({ ok: 1, due: 1, late: 2, critical: 1, overdue: 1 })
  expect(document.judged.map(({ level }) => level)).toEqual(['overdue', 'critical', 'late', 'late', 'due', 'ok'])
  expect(document.judged[0]).toEqual(JSON.parse(JSON.stringify(PASSWORD)))
  expect(document.notes).toEqual(REPORT.notes)
})

it('publishes no member that it does not name', () => {
  const secret = { ...PASSWORD, value: 'hunter2' }
  expect(printCheckJson({ ...REPORT, judged: [secret] }, '1')).not.toContain('hunter2')
})

it('gives any names back as they are, and is itself plain ASCII without a command', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      const text = printCheckJson(report, '1.2.3')
      expect(text).toMatch(/^[\x20-\x7e\n]*$/)
      expect(text).not.toContain('##[')
      expect(text).not.toMatch(/^\s*::/m)
      expect(
        read(text)
          .judged.map(({ name }) => name)
          .toSorted(),
      ).toEqual(report.judged.map(({ name }) => name).toSorted())
    }),
  )
})
