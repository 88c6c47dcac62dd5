import { amount } from '../report/amount.ts'

const DAY_MS = 86_400_000

/** What the schedule of a workflow is worth. */
export type Heartbeat =
  | { readonly kind: 'alive' }
  | { readonly kind: 'silent'; readonly days: number }
  /** There is such a workflow, and GitHub has never started it by its schedule, or has forgotten. */
  | { readonly kind: 'never' }

/**
 * Judges a schedule by when it last started a run, however that ended: GitHub switches schedules off in public repositories in which
 * nothing happens for 60 days, and nobody is told in time.
 *
 * @param starts of the runs that the schedule caused, in any order
 * @param most days of silence
 */
export function judgeHeartbeat(starts: readonly Date[], most: number, now: Date): Heartbeat {
  if (starts.length === 0) return { kind: 'never' }
  const last = starts.reduce((latest, start) => Math.max(latest, start.getTime()), Number.NEGATIVE_INFINITY)
  const silence = now.getTime() - last
  return silence > most * DAY_MS ? { kind: 'silent', days: Math.floor(silence / DAY_MS) } : { kind: 'alive' }
}

/** The verdict as a sentence, with what to do; null for a schedule that is alive. */
export function sayHeartbeat(heartbeat: Heartbeat, workflow: string): string | null {
  if (heartbeat.kind === 'alive') return null
  if (heartbeat.kind === 'never')
    return `${workflow} has not been started by its schedule yet: a schedule counts on the default branch alone`
  return `the schedule of ${workflow} has been silent for ${amount(heartbeat.days, 'day')}: is the workflow switched off? Actions, ${workflow}, Enable workflow`
}
