import { type Heartbeat, judgeHeartbeat } from '../../../core/check/heartbeat.ts'
import { SealwardError } from '../../../core/errors.ts'
import type { Runs } from '../../world/github.ts'

export interface HeartbeatRequest {
  /** The file of the workflow: `check.yml`. */
  readonly workflow: string
  /** Days of silence that are bearable. */
  readonly most: number
  readonly now: Date
}

/** `unknown`: GitHub refused to say. */
export type HeartbeatOutcome = Heartbeat | { readonly kind: 'unknown'; readonly why: string }

/**
 * Asks GitHub, in one request, when a workflow was last started by its schedule. One that is not on the default branch yet is alive.
 *
 * @param open may refuse too, without a token
 */
export async function takePulse(
  { workflow, most, now }: HeartbeatRequest,
  open: () => Runs,
): Promise<HeartbeatOutcome> {
  try {
    const recent = await open().recent(workflow, { event: 'schedule' })
    if (recent === null) return { kind: 'alive' }
    return judgeHeartbeat(
      recent.map(({ createdAt }) => createdAt),
      most,
      now,
    )
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    return { kind: 'unknown', why: error.hint === undefined ? error.message : `${error.message} (${error.hint})` }
  }
}
