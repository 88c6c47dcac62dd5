import { parseGlob } from '../glob/glob.ts'
import { matchesGlob } from '../glob/match.ts'
import type { FileRule, Policy } from './policy.ts'

/** What the hook found, and when. */
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

/** @returns the reason of the first allowance that covers a finding and has not run out (days are UTC), or null */
export function isAllowed(policy: Policy, { path, rule, now }: Question): { readonly reason: string } | null {
  const today = now.toISOString().slice(0, 10)
  const allowance = policy.hook.allow.find(
    (candidate) =>
      (candidate.rule === null || candidate.rule === rule) &&
      (candidate.expires === null || today <= candidate.expires) &&
      means(candidate.path, path),
  )
  return allowance === undefined ? null : { reason: allowance.reason }
}

/** A policy holds no glob that is at fault. */
function means(text: string, path: string): boolean {
  const glob = parseGlob(text)
  return typeof glob !== 'string' && matchesGlob(glob, path)
}
