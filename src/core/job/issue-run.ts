import { kindOf } from '../trust/events.ts'
import type { RunFacts } from '../trust/facts.ts'
import type { EventRepository } from './event-repository.ts'

/**
 * Why a run leaves issues and receivers alone: what it checked out may be anybody's, or a branch's, and two branches would write by turns
 * what the other one does not say.
 *
 * @returns null where it may speak for the repository
 */
export function whyNotForRepository({ event }: Pick<RunFacts, 'event'>, repository: EventRepository): string | null {
  if (isForPullRequest({ event })) return 'this run is for a pull request'
  if (kindOf(event) !== 'writers') return `people who may not write can cause the event ${event || '(none)'}`
  return repository.isDefaultBranch ? null : 'this run is not for the default branch'
}

/** Whether a run is for a pull request, whose readers are told when the schedule is silent. */
export function isForPullRequest({ event }: Pick<RunFacts, 'event'>): boolean {
  const kind = kindOf(event)
  return kind === 'pull-request' || kind === 'pull-request-target'
}
