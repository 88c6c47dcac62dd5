import type { HistoryCommit } from './commit.ts'

/** When a commit counts as made. */
export interface CommitTime {
  readonly id: string
  /** Milliseconds since 1970. Never before that of the first parent. */
  readonly time: number
  /** False where the clock of the commit was wrong by more than a day: it was made then or earlier. */
  readonly isExact: boolean
}

export interface CommitTimes {
  readonly of: ReadonlyMap<string, CommitTime>
  /** Commits that claim to be made more than a day from now. */
  readonly future: number
  /** Commits that claim to be made more than a day before their parent. */
  readonly backwards: number
}

const DAY = 24 * 60 * 60 * 1000

/**
 * Settles when commits were made. A committer's date is whatever a machine's clock said, so two things are mended. A commit from the
 * future counts as made when the first one after it was, or now: by its own date a value would stay fresh for years. And time does not
 * run backwards along first parents. Both give a bound: the commit was made then, or earlier.
 *
 * @param commits parents before children
 */
export function settleTimes(commits: readonly HistoryCommit[], now: Date): CommitTimes {
  const latest = boundsOf(commits, now.getTime())
  const of = new Map<string, CommitTime>()
  let [future, backwards] = [0, 0]
  for (const { id, parents, date } of commits) {
    const said = date.getTime()
    const before = of.get(parents[0] ?? '')?.time ?? Number.NEGATIVE_INFINITY
    const time = Math.max(latest.get(id)!, before)
    if (isFuture(said, now.getTime())) future += 1
    if (said < before - DAY) backwards += 1
    of.set(id, { id, time, isExact: Math.abs(time - said) <= DAY })
  }
  return { of, future, backwards }
}

/** For each commit its own date, or where that is in the future the earliest of what came after it. */
function boundsOf(commits: readonly HistoryCommit[], now: number): ReadonlyMap<string, number> {
  const bounds = new Map<string, number>()
  for (const { id, parents, date } of commits.toReversed()) {
    const said = date.getTime()
    const bound = isFuture(said, now) ? (bounds.get(id) ?? now) : Math.min(said, now)
    bounds.set(id, bound)
    for (const parent of parents) bounds.set(parent, Math.min(bounds.get(parent) ?? now, bound))
  }
  return bounds
}

function isFuture(time: number, now: number): boolean {
  return time > now + DAY
}
