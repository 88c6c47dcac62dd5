import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { scanSchemaText } from '../../../../../scripts/schema.ts'
import { printScanJson } from '../../../../../src/core/report/scan/json/json.ts'
import { ScanDocumentShape } from '../../../../../src/core/report/scan/json/json-shape.ts'
import { FORGED, HOSTILE, HOSTILE_OUTCOME, NOTHING, RICH } from '../outcome.ts'

const read = (text: string) => v.parse(ScanDocumentShape, JSON.parse(text))

it('the published schema is the committed one', () => {
  expect(readFileSync('docs/scan.schema.json', 'utf8')).toBe(scanSchemaText())
})

it.each([
  ['everything', RICH],
  ['nothing', NOTHING],
  ['hostile names', HOSTILE_OUTCOME],
])('a document of %s is as the schema has it', (_, outcome) => {
  const text = printScanJson(outcome, '1.2.3')
  expect(read(text)).toEqual(JSON.parse(text))
  expect(text.endsWith('}\n')).toBe(true)
})

it('holds what a finding holds, with a severity and a confidence for each', () => {
  const document = read(printScanJson(RICH, '1.2.3'))
  expect(document.version).toBe(1)
  expect(document.tool).toEqual({ name: 'sealward', version: '1.2.3' })
  expect(document.findings).toEqual(
    RICH.findings.map((finding) => ({ severity: 'high', confidence: 'high', ...finding })),
  )
  expect(document.allowed[0]).toMatchObject({
    file: 'docs/guide.md',
    reason: 'an example from their own documentation',
  })
  expect(document.counts).toEqual({ critical: 2, high: 1, medium: 1, low: 1 })
  expect(document.looked.milliseconds).toBe(35)
  expect(document.stale).toEqual(RICH.stale)
  expect(document.cut).toEqual(RICH.cut)
})

it('has no line of an allowance that stands on none', () => {
  const stale = [{ file: 'baseline.json', why: 'the entry matches nothing any more' }]
  expect(read(printScanJson({ ...NOTHING, stale }, '1')).stale).toEqual(stale)
})

it('publishes no member that it does not name', () => {
  const secret = { ...RICH.findings[0]!, value: 'hunter2' }
  expect(printScanJson({ ...NOTHING, findings: [secret] }, '1')).not.toContain('hunter2')
})

it('gives hostile names back as they are, and is itself plain ASCII without a command', () => {
  const text = printScanJson(HOSTILE_OUTCOME, '1.2.3')
  expect(text).toMatch(/^[\x20-\x7e\n]*$/)
  expect(text).not.toContain('##[')
  expect(text).not.toMatch(/^\s*::/m)
  expect(read(text).findings[0]).toEqual(FORGED)
  expect(read(text).cut[0]?.file).toBe(HOSTILE)
})
