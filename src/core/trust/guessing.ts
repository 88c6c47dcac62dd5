import type { LookedAtRun } from '../job/event-run.ts'
import { kindOf } from './events.ts'
import type { RunFacts } from './facts.ts'

/**
 * Why strangers may have chosen what a run printed. Whoever can put text into a log and read the findings could ask: is this the value?
 * A title of an issue that a workflow prints is enough. So the values themselves are looked for in runs alone that people who may write
 * caused; what the fingerprints tell is no help to who guesses.
 *
 * @param facts of this run; for `workflow_run` they hold the event of the run before
 * @returns null where only people who may write did
 */
export function whyStrangersMayGuess({ id, which }: LookedAtRun, { event, cause, head }: RunFacts): string | null {
  if (which === 'other') return `nobody here knows what caused run ${id}`
  const caused = which === 'event' ? (cause ?? '') : event
  // Of a pull request of a branch, the commits and words are a writer's; a review of it can be anybody's.
  if (kindOf(caused) === 'writers' || (caused === 'pull_request' && head === 'same')) return null
  return `strangers may have chosen what run ${id} printed (${/^[a-z_]{1,64}$/.test(caused) ? caused : 'an unknown event'})`
}
