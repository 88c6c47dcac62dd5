import { SealwardError } from '../errors.ts'
import type { EventRepository } from '../job/event-repository.ts'
import { isForPullRequest } from '../job/issue-run.ts'
import type { RunFacts } from './facts.ts'

/** What starts a rotation. Other events of people who may write are about something else, and would rotate by the way. */
const STARTS = ['schedule', 'workflow_dispatch', 'repository_dispatch', 'push']

/**
 * Why a run may not change credentials: the sealward.yml that it has checked out says which programs and servers are given passwords, and on
 * other branches that is anybody's who may push one.
 *
 * @returns null where it may
 */
export function whyNoRotation({ event }: Pick<RunFacts, 'event'>, repository: EventRepository): SealwardError | null {
  if (isForPullRequest({ event }))
    return refusal('this run is for a pull request, and credentials are rotated for the default branch alone')
  if (!STARTS.includes(event)) return refusal(`credentials are not rotated by the event ${event || '(none)'}`)
  return repository.isDefaultBranch ? null : refusal('this run is not for the default branch')
}

function refusal(why: string): SealwardError {
  return new SealwardError('untrusted', why, {
    hint: `use ${STARTS.slice(0, -1).join(', ')}, or push to the default branch: docs/credentials.md has a workflow`,
  })
}
