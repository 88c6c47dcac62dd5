import { type KeyGroups, oneGroup } from '../envelope/keys/key-groups.ts'
import { means } from '../glob/means.ts'
import { coveredByRole, everybody } from './people/roles.ts'
import type { FileRule, Policy } from './policy.ts'
import { followed } from './rotation/followed.ts'
import type { Allowance } from './scan/scan-policy.ts'

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

/**
 * The age recipients of a file, as text, each once: those of its rule, else of everybody who has no role; then those whose role covers the
 * file, and the recovery key where anybody else is there. Neither comes into a file that several key groups open together.
 *
 * @returns none when the policy knows nobody for it
 */
export function recipientsFor(policy: Policy, asked: string): readonly string[] {
  const path = followed(policy, asked)
  const rule = ruleFor(policy, path)
  if (rule !== null && rule.keyGroups !== null) return rule.recipients
  const named = rule?.recipients ?? everybody(policy).flatMap(({ keys }) => keys)
  const readers = [...named, ...coveredByRole(policy, path).flatMap(({ member }) => member.keys)]
  return [...new Set([...readers, ...(readers.length === 0 ? [] : (policy.recovery?.keys ?? []))])]
}

/** @returns whom a file is for by the policy: some of several groups together where its rule has `key-groups` */
export function keyGroupsFor(policy: Policy, asked: string): KeyGroups {
  const path = followed(policy, asked)
  return ruleFor(policy, path)?.keyGroups ?? oneGroup(recipientsFor(policy, path))
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
