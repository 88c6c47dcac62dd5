import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, it } from 'vitest'
import { printScanJson } from '../../../../../src/core/report/scan/json/json.ts'
import { printSarif } from '../../../../../src/core/report/scan/sarif/sarif.ts'
import { describe as wordsOf } from '../../../../../src/core/scan/all-rules.ts'
import { validateSarif } from '../../../../support/sarif-schema.ts'
import { DOTENV, FORGED, HOSTILE, HOSTILE_OUTCOME, NOTHING, OLD, PASSWORD, RICH, TOKEN } from '../outcome.ts'

const fingerprinted = [TOKEN, PASSWORD, DOTENV, OLD, FORGED].map((finding) => ({ finding, fingerprint: 'f' }))
const report = { allowed: [], cut: [], category: 'sealward/tree', version: '1.2.3', describe: wordsOf }

it.each([
  ['nothing', { ...report, findings: [] }],
  [
    'everything',
    {
      ...report,
      findings: fingerprinted,
      allowed: fingerprinted.map((one) => ({ ...one, reason: HOSTILE, inSource: true })),
      cut: [{ file: HOSTILE, why: HOSTILE }],
    },
  ],
])('SARIF of %s is as the schema of OASIS has it', (_, given) => {
  validateSarif(JSON.parse(printSarif(given)))
  expect(validateSarif.errors).toBeNull()
})

it('the schema is not open to anything', () => {
  const log = JSON.parse(printSarif({ ...report, findings: fingerprinted }))
  log.runs[0].results[0].level = 'fatal'
  log.runs[0].results[1].locations[0].physicalLocation.region.startLine = 0
  expect(validateSarif(log)).toBe(false)
  expect(validateSarif.errors?.length).toBeGreaterThan(1)
})

it.each([RICH, HOSTILE_OUTCOME, NOTHING])('the JSON document is as the published schema has it', (outcome) => {
  const judge = new Ajv().compile(JSON.parse(readFileSync('docs/scan.schema.json', 'utf8')))
  judge(JSON.parse(printScanJson(outcome, '1.2.3')))
  expect(judge.errors).toBeNull()
})
