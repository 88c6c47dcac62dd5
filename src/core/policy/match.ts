import { parseGlob } from '../glob/glob.ts'
import { matchesGlob } from '../glob/match.ts'
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
export function allowanceFor(policy: Policy, { path, rule, now }: Question): Allowance | null {
  const today = now.toISOString().slice(0, 10)
  const allowance = [...policy.hook.allow, ...policy.scan.allow].find(
    (candidate) =>
      (candidate.rule === null || candidate.rule === rule) &&
      (candidate.expires === null || today <= candidate.expires) &&
      means(candidate.path, path),
  )
  return allowance ?? null
}

/** @returns the reason for which a finding is let through, or null */
export function isAllowed(policy: Policy, question: Question): { readonly reason: string } | null {
  const allowance = allowanceFor(policy, question)
  return allowance === null ? null : { reason: allowance.reason }
}

/** A policy holds no glob that is at fault. */
function means(text: string, path: string): boolean {
  const glob = parseGlob(text)
  return typeof glob !== 'string' && matchesGlob(glob, path)
}
