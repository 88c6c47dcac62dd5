import type { Finding } from '../../finding.ts'
import type { Comment } from './comment.ts'

/** What the comments of a text say of a finding; null when they say nothing. */
export type CommentAnswer =
  | { readonly kind: 'allowed'; readonly reason: string; readonly comment: Comment }
  | { readonly kind: 'no-reason' | 'expired'; readonly comment: Comment }

/**
 * Findings about a whole file that have the line of its first fault. A comment on that line speaks of what it stands beside, not of the
 * file, so it allows these only by name.
 */
const ABOUT_FILES: ReadonlySet<string> = new Set([
  'plaintext-dotenv',
  'plaintext-value',
  'malformed',
  'not-encrypted',
  'name-denied',
  'signature',
  'rule-weak',
])

/** @param today the day in UTC, `2027-01-31` */
export function commentFor(comments: readonly Comment[], finding: Finding, today: string): CommentAnswer | null {
  const answers = comments
    .filter((comment) => isAbout(comment, finding))
    .map((comment) => judge(comment, finding, today))
  return answers.find(({ kind }) => kind === 'allowed') ?? answers[0] ?? null
}

function isAbout({ from, to, rules }: Comment, { line, rule }: Finding): boolean {
  if (line === undefined || line < from || line > to) return false
  if (rules?.includes(rule)) return true
  return !ABOUT_FILES.has(rule) && (rules === null || rules.includes('*'))
}

function judge(comment: Comment, finding: Finding, today: string): CommentAnswer {
  const { reason, expires } = comment
  if (reason === null || holdsFinding(comment, finding)) return { kind: 'no-reason', comment }
  if (expires !== null && today > expires) return { kind: 'expired', comment }
  return { kind: 'allowed', reason, comment }
}

/** A reason is printed, so the secret may not stand in it: `sealward:allow generic-password test, password=...` gives none. */
function holdsFinding({ marker, line, column, rules, closedAt }: Comment, finding: Finding): boolean {
  if (rules === null || finding.line !== line || finding.column === undefined) return false
  return finding.column >= column + marker.length && (closedAt === null || finding.column < closedAt)
}
