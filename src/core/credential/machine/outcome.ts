import type { ErrorCode } from '../../errors.ts'
import type { Plan } from './plan.ts'

/** What one run came to for one credential. Nothing in it is a secret. */
export type Outcome =
  /** The new one is in use, and the old one is gone. */
  | { readonly kind: 'rotated' }
  /** The new one is in the file. The old one still works, until the request is merged or the grace is over. */
  | { readonly kind: 'waiting'; readonly for: 'merge' | 'grace'; readonly until: Date | null }
  /** The old one is in the file again, or still. `asked` by a person; otherwise something was wrong with the new one. */
  | { readonly kind: 'rolled-back'; readonly asked: boolean; readonly why: string }
  | { readonly kind: 'nothing'; readonly why: string }
  | { readonly kind: 'planned'; readonly plan: Plan }
  /** A person has to look: so many failures in a row, a system that somebody changed, a rollback that did not work. */
  | { readonly kind: 'breaker' | 'drift' | 'rollback-failed'; readonly why: string }
  /** Nothing was decided: the next run goes on. */
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly why: string; readonly hint: string | null }

/** What became of one credential. */
export interface Rotated {
  readonly name: string
  readonly outcome: Outcome
  /** Of the pull request, where there is one. */
  readonly request: string | null
}

/** @returns 0 where all is well, or waits for something that will come; 1 where a person is needed; 2 where something could not be done */
export function exitOf(rotated: readonly Rotated[]): 0 | 1 | 2 {
  const worst = Math.max(0, ...rotated.map(({ outcome }) => gravityOf(outcome)))
  return worst as 0 | 1 | 2
}

function gravityOf(outcome: Outcome): number {
  if (outcome.kind === 'failed') return 2
  if (outcome.kind === 'rolled-back') return outcome.asked ? 0 : 1
  return ['breaker', 'drift', 'rollback-failed'].includes(outcome.kind) ? 1 : 0
}
