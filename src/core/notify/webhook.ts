import { countLevels } from '../check/judged.ts'
import { dayOf } from '../day.ts'
import { openFindings } from '../report/check/job/open-findings.ts'
import { nextDueOf, sayVerdict } from '../report/check/words.ts'
import { inertJson } from '../report/scan/json/inert-json.ts'
import type { CheckNews } from './check-news.ts'

/** Receivers take small messages: Standard Webhooks names 20 KB. */
const MOST = 30

/** @returns the body of a webhook as Standard Webhooks 1.0.0 has it, type, timestamp and data; JSON in ASCII, without line ends */
export function printWebhook({ report, repository, issue, run }: CheckNews): string {
  const counts = countLevels(report.judged)
  const next = nextDueOf(report)
  const findings = openFindings(report, MOST)
  const data = {
    ...{ repository, issue, run },
    verdict: sayVerdict(report),
    ...counts,
    nextDue: next === null ? null : dayOf(next),
    findings,
    more: counts.overdue + counts.due - findings.length,
  }
  return inertJson({ type: 'sealward.check', timestamp: report.at.toISOString(), data })
}
