import { type CheckReport, countLevels } from '../../../check/judged.ts'
import { dayOf } from '../../../day.ts'
import { inertJson } from '../../scan/json/inert-json.ts'
import { nextDueOf } from '../words.ts'
import { openFindings } from './open-findings.ts'

/** An output may have 1 MiB, and the outputs of a job together are held to that too. The report has them all. */
const MOST_FINDINGS = 200

/** What a step hands on of a report, for one repository or for an organisation. */
export function checkOutputs(report: CheckReport): [name: string, value: string][] {
  const { overdue, due, ok } = countLevels(report.judged)
  const next = nextDueOf(report)
  return [
    ['overdue', String(overdue)],
    ['due', String(due)],
    ['ok', String(ok)],
    ['next-due', next === null ? '' : dayOf(next)],
    ['findings', inertJson(openFindings(report, MOST_FINDINGS))],
  ]
}
