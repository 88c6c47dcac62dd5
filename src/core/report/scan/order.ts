import { byCodeUnits } from '../../code-units.ts'
import type { Finding } from '../../finding.ts'
import type { Confidence, Severity } from '../../scan/tokens/token-rule.ts'

/** From the worst to the least. */
export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low']
const CONFIDENCES: readonly Confidence[] = ['high', 'medium', 'low']

/** How many findings there are of each severity. */
export type SeverityCounts = Readonly<Record<Severity, number>>

/** A finding's severity. A rule that says none is one of Sealward's own, which stop secrets in plain text: high. */
export function severityOf({ severity }: Finding): Severity {
  return severity ?? 'high'
}

/** `low confidence`, or nothing for what is sure. */
export function doubtOf({ confidence }: Finding): readonly string[] {
  return confidence === undefined || confidence === 'high' ? [] : [`${confidence} confidence`]
}

/** For `toSorted`: the worst first, then what is surest, then by place. Two findings of one rule at one place are equal. */
export function byUrgency(one: Finding, other: Finding): number {
  return (
    SEVERITIES.indexOf(severityOf(one)) - SEVERITIES.indexOf(severityOf(other)) ||
    sureness(one) - sureness(other) ||
    byCodeUnits(one.file, other.file) ||
    (one.line ?? 0) - (other.line ?? 0) ||
    (one.column ?? 0) - (other.column ?? 0) ||
    byCodeUnits(one.rule, other.rule)
  )
}

export function countBySeverity(findings: readonly Finding[]): SeverityCounts {
  const counts = { critical: 0, high: 0, medium: 0, low: 0 }
  for (const finding of findings) counts[severityOf(finding)] += 1
  return counts
}

/** `2 critical, 1 low`: what there is none of is left out. Empty when there is nothing. */
export function sayCounts(counts: SeverityCounts): string {
  return SEVERITIES.filter((severity) => counts[severity] > 0)
    .map((severity) => `${counts[severity]} ${severity}`)
    .join(', ')
}

/** A rule that says nothing of its confidence is in no doubt. */
function sureness({ confidence }: Finding): number {
  return CONFIDENCES.indexOf(confidence ?? 'high')
}
