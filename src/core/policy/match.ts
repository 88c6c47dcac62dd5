import { means } from '../glob/means.ts'
import type { FileRule, Policy } from './policy.ts'
import type { Allowance } from './scan-policy.ts'

/** What the hook or a scan found, and when. */
export interface Question {
  /** Relative to sealward.yml, with '/' separators. */
  readonly path: string
  /** The rule that the finding names. */
  readonly rule: string
  readonly now: Date
}

/** @returns the first file rule whose glob means the path (relative to sealward.yml, '/' separators), or null */
export function ruleFor(policy: Policy, path: string): FileRule | null {
  return policy.files.find((rule) => means(rule.path, path)) ?? null
}

/** @returns the age recipients of a file, as text, each once: those of its rule, else everybody's. Empty when the policy knows nobody. */
export function recipientsFor(policy: Policy, path: string): readonly string[] {
  return ruleFor(policy, path)?.recipients ?? [...new Set([...policy.recipients.values()].flat())]
}

/** @returns the first allowance of `hook` or `scan` that covers a finding and has not run out (days are UTC), or null */
export function allowanceFor(policy: Policy, question: Question): Allowance | null {
  return covering(policy, question).find((allowance) => !hasExpired(allowance, question.now)) ?? null
}

/** @returns the allowances that would cover a finding, had they not run out */
export function expiredFor(policy: Policy, question: Question): Allowance[] {
  return covering(policy, question).filter((allowance) => hasExpired(allowance, question.now))
}

/** @returns the reason for which a finding is let through, or null */
export function isAllowed(policy: Policy, question: Question): { readonly reason: string } | null {
  const allowance = allowanceFor(policy, question)
  return allowance === null ? null : { reason: allowance.reason }
}

function covering({ hook, scan }: Policy, { path, rule }: Question): Allowance[] {
  return [...hook.allow, ...scan.allow].filter(
    (candidate) => (candidate.rule === null || candidate.rule === rule) && means(candidate.path, path),
  )
}

function hasExpired({ expires }: Allowance, now: Date): boolean {
  return expires !== null && now.toISOString().slice(0, 10) > expires
}
