import type { Policy } from '../../policy/policy.ts'
import type { StaleAllowance } from '../outcome.ts'
import type { Baseline, BaselineEntry } from './baseline.ts'
import type { Comment } from './comment.ts'

/** What allowed something, or would have. */
export interface Used {
  readonly comments: Set<Comment>
  readonly entries: Set<BaselineEntry>
  /** Allowances and disabled rules of sealward.yml. */
  readonly settings: Set<object>
}

interface Facts {
  readonly used: Used
  readonly today: string
  readonly whole: boolean
}

const UNUSED = 'allows nothing: take it out'

/** Our own comments in a file that give no reason, have expired, or stand beside nothing. */
export function staleComments(
  comments: readonly Comment[],
  { used, today, whole, file }: Facts & { readonly file: string },
): StaleAllowance[] {
  return comments.flatMap((comment) => {
    const why = whyStale(comment, today) ?? (whole && !used.comments.has(comment) ? UNUSED : null)
    return why === null ? [] : [{ file, line: comment.line, why: `the comment ${why}` }]
  })
}

function whyStale({ rules, reason, expires }: Comment, today: string): string | null {
  if (rules?.length === 0) return 'names no rule'
  if (reason === null) return 'gives no reason'
  if (expires === '') return 'has a last day that is none'
  return expires === null ? null : whyExpired(expires, today)
}

/** Allowances of sealward.yml that have expired, and unused ones and disabled rules. */
export function stalePolicy(policy: Policy, { used, today, whole }: Facts): StaleAllowance[] {
  const listed = [...policy.hook.allow, ...policy.scan.allow].map((entry) => {
    const expired = entry.expires === null ? null : whyExpired(entry.expires, today)
    return { entry, why: `the allowance ${expired ?? UNUSED}`, sure: expired !== null }
  })
  const disabled = policy.scan.disable.map((entry) => {
    return { entry, why: 'the disabled rule finds nothing: take it out', sure: false }
  })
  return [...listed, ...disabled]
    .filter(({ entry, sure }) => sure || (whole && !used.settings.has(entry)))
    .map(({ entry: { line }, why }) => ({ file: policy.file, line, why }))
}

/** Entries that have expired, and entries of what is gone. */
export function staleBaseline(
  { findings }: Baseline,
  { used, today, whole, file }: Facts & { readonly file: string },
): StaleAllowance[] {
  return findings.flatMap((entry) => {
    const expired = entry.expires === undefined ? null : whyExpired(entry.expires, today)
    const why = expired ?? (whole && !used.entries.has(entry) ? 'matches nothing any more: update the baseline' : null)
    return why === null ? [] : [{ file, why: `the entry ${entry.fingerprint} (${entry.rule}) ${why}` }]
  })
}

function whyExpired(expires: string, today: string): string | null {
  return today > expires ? `has expired on ${expires}` : null
}
