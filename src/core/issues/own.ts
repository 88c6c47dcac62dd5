import { type Item, parseItems } from './item.ts'
import { type Marker, parseMarker } from './marker.ts'
import { OWN_LABEL } from './settings.ts'

/** An issue as it was listed. */
export interface ListedIssue {
  readonly number: number
  readonly body: string
  readonly state: 'open' | 'closed'
  readonly stateReason: string | null
  readonly labels: readonly string[]
  /** Null for an account that is gone. */
  readonly author: string | null
}

/** One of ours, read. */
export interface OwnIssue {
  readonly issue: ListedIssue
  readonly marker: Marker
  readonly items: ReadonlyMap<string, Item>
}

/** Ours by what they are about, and those that another run opened at the same time. */
export interface OwnIssues {
  readonly kept: ReadonlyMap<string, OwnIssue>
  readonly duplicates: readonly { readonly issue: ListedIssue; readonly of: number }[]
}

/**
 * Which issues are ours: those with our label, which takes triage rights to set, and with our marker as the first line. Whose token
 * opened them does not matter, since that changes over the years; but where several are about the same, one that a bot opened comes
 * first (no person's login can end in `[bot]`), so that a marker that somebody pasted takes nothing over. Then the oldest stays. A race
 * has one author: of the others, only those that the same account opened are duplicates, and the rest is left alone.
 *
 * @param listed by label, oldest first
 */
export function ownIssues(listed: readonly ListedIssue[]): OwnIssues {
  const kept = new Map<string, OwnIssue>()
  const duplicates: { issue: ListedIssue; of: number }[] = []
  for (const own of listed.flatMap(read).toSorted(byRank)) {
    const { issue, marker } = own
    const first = kept.get(marker.id)
    if (first === undefined) kept.set(marker.id, own)
    else if (issue.state === 'open' && issue.author === first.issue.author)
      duplicates.push({ issue, of: first.issue.number })
  }
  return { kept, duplicates }
}

/** Whether an account is one that no person can have. */
export function isBot(login: string | null): boolean {
  return login?.endsWith('[bot]') ?? false
}

function read(issue: ListedIssue): OwnIssue[] {
  const marker = issue.labels.includes(OWN_LABEL.name) ? parseMarker(issue.body) : null
  return marker === null ? [] : [{ issue, marker, items: parseItems(issue.body) }]
}

function byRank(one: OwnIssue, other: OwnIssue): number {
  return rank(one) - rank(other) || one.issue.number - other.issue.number
}

/** What was closed as a duplicate is kept for want of anything else only. */
function rank({ issue }: OwnIssue): number {
  return (issue.stateReason === 'duplicate' && issue.state === 'closed' ? 2 : 0) + (isBot(issue.author) ? 0 : 1)
}
