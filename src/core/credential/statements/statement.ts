import type { Secret } from '../../secret.ts'
import type { Shape } from '../change.ts'

/** One statement for a system: what it is told, and what may be shown of that. */
export interface Statement {
  readonly text: Secret
  readonly shape: Shape
  /** What is done where the login may not say it: without one, the change has failed. */
  readonly whenDenied?: 'go-on'
}
