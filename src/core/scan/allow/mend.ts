import type { Finding } from '../../finding.ts'
import { expiredFor } from '../../policy/match.ts'
import type { Policy } from '../../policy/policy.ts'
import type { StaleAllowance } from '../outcome.ts'

/** What was to be judged, and when. */
export interface Judged {
  readonly findings: readonly Finding[]
  readonly now: Date
  /** The ids of all rules, one's own among them. Asked for when an allowance names a rule that none of the findings has. */
  ruleIds(): Promise<ReadonlySet<string>>
}

/**
 * The allowances of sealward.yml that somebody may have counted on in vain: those that would cover one of the findings and have expired, and
 * those that name a rule which there is not. In the order of their lines.
 */
export async function allowancesToMend(policy: Policy, { findings, now, ruleIds }: Judged): Promise<StaleAllowance[]> {
  const expired = findings.flatMap(({ file: path, rule }) => expiredFor(policy, { path, rule, now }))
  const seen = new Set(findings.map(({ rule }) => rule))
  const entries = [...policy.hook.allow, ...policy.scan.allow, ...policy.scan.disable]
  const unsure = entries.filter(({ rule }) => rule !== null && !seen.has(rule))
  const known = unsure.length === 0 ? seen : await ruleIds()
  const misspelt = unsure.filter(({ rule }) => rule !== null && !known.has(rule))
  return [
    ...[...new Set(expired)].map(({ line, expires }) => ({ line, why: `the allowance has expired on ${expires}` })),
    ...misspelt.map(({ line }) => ({ line, why: 'it names a rule that there is not' })),
  ]
    .sort((one, other) => one.line - other.line)
    .map((entry) => ({ file: policy.file, ...entry }))
}
