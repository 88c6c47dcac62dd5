import { expect, it } from 'vitest'
import { printCheckSarif } from '../../../../src/core/report/check/sarif.ts'
import { validateSarif } from '../../../support/sarif-schema.ts'
import { FINE, HOSTILE, hostile, judged, NOTHING, PASSWORD, REPORT } from './report.ts'

const runOf = (report: typeof REPORT) => JSON.parse(printCheckSarif(report, '1.2.3')).runs[0]

it.each([
  ['nothing', NOTHING],
  ['everything', REPORT],
  ['hostile names', hostile(HOSTILE)],
])('SARIF of %s is as the schema of OASIS has it', (_, report) => {
  validateSarif(JSON.parse(printCheckSarif(report, '1.2.3')))
  expect(validateSarif.errors).toBeNull()
})

it('has what is due or worse at the line of its name, the most urgent first', () => {
  const { results } = runOf(REPORT)
  expect(results.map(({ level }: { level: string }) => level)).toEqual(['error', 'error', 'warning', 'warning', 'note'])
  expect(results[0]).toEqual({
    ruleId: 'rotate-every',
    ruleIndex: 3,
    level: 'error',
    message: { text: 'DATABASE_PASSWORD: was last changed 47 days ago; every 30 is asked.' },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'config/.env.production', uriBaseId: '%SRCROOT%' },
          region: { startLine: 12, startColumn: 1, endLine: 12, endColumn: 2 },
        },
      },
    ],
    partialFingerprints: { 'sealwardFingerprint/v1': PASSWORD.id },
    properties: { level: 'overdue', kind: 'secret' },
  })
})

it('knows the same thing again on another line and at another level', () => {
  const later = { ...PASSWORD, level: 'late' as const, place: { file: PASSWORD.place!.file, line: 99 } }
  const fingerprints = [PASSWORD, judged(later)].map(
    (one) => runOf({ ...REPORT, judged: [one] }).results[0].partialFingerprints,
  )
  expect(fingerprints[0]).toEqual(fingerprints[1])
})

it('places what has no file where it is declared', () => {
  const { results } = runOf(REPORT)
  const endpoint = results.find(({ ruleId }: { ruleId: string }) => ruleId === 'not-deployed')
  expect(endpoint.locations[0].physicalLocation.artifactLocation.uri).toBe('sealward.yml')
})

it('describes each rule once, with the severity of its worst result', () => {
  const late = judged({ ...PASSWORD, name: 'B', level: 'due' })
  const { rules } = runOf({ ...REPORT, judged: [late, PASSWORD, FINE] }).tool.driver
  expect(rules).toHaveLength(1)
  expect(rules[0]).toMatchObject({
    id: 'rotate-every',
    name: 'RotateEvery',
    helpUri: 'https://github.com/sealward/sealward/blob/v1.2.3/docs/check.md#rotate-every',
    defaultConfiguration: { level: 'error' },
    properties: { 'security-severity': '8.0', 'problem.severity': 'error' },
  })
})

it('says what was not looked at, and what had no room', () => {
  const many = Array.from({ length: 5_001 }, (_, at) => judged({ ...PASSWORD, name: `N${at}` }))
  const { results, invocations } = runOf({ ...REPORT, judged: many })
  expect(results).toHaveLength(5_000)
  const texts = invocations[0].toolExecutionNotifications.map(
    ({ message }: { message: { text: string } }) => message.text,
  )
  expect(texts[0]).toBe('1 less urgent result had no room here.')
  expect(texts).toContain('an endpoint did not answer within 5 s.')
})

it('makes no link of what a name holds', () => {
  for (const { message } of runOf(hostile(HOSTILE)).results) expect(message.text).not.toMatch(/[[\]{}]/)
})

it('names the page of a rule where nobody knows a step', () => {
  const { rules } = runOf({ ...REPORT, judged: [judged({ ...PASSWORD, advice: '' })] }).tool.driver
  expect(rules[0].help.text).toBe('See the page of the rule.')
})

it('has the first hundred notes, and before them how many there are', () => {
  const notes = (length: number) => Array.from({ length }, (_, at) => ({ message: `file ${at} was not read` }))
  const said = (length: number): string[] =>
    runOf({ ...NOTHING, notes: notes(length) }).invocations[0].toolExecutionNotifications.map(
      ({ message }: { message: { text: string } }) => message.text,
    )
  expect(said(100)).toHaveLength(100)
  expect(said(101)).toHaveLength(101)
  expect(said(101).slice(0, 2)).toEqual(['There are 101 notes in all.', 'file 0 was not read.'])
})
