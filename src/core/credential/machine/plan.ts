import { Secret } from '../../secret.ts'
import type { Change, Shape } from '../change.ts'
import type { DriverName } from '../target.ts'
import { changeToApply, changeToRevoke, type Method } from './changes.ts'
import type { Phase } from './phase.ts'

/** What a rotation would do, in order, as `--dry-run` shows it. */
export interface Plan {
  readonly strategy: Method['strategy']
  readonly driver: DriverName
  readonly steps: readonly PlannedStep[]
}

export interface PlannedStep {
  /** The phase that it ends in. */
  readonly phase: Phase
  readonly what: string
  /** What the system is told, without secrets. */
  readonly shapes: readonly Shape[]
}

export interface PlanQuestion {
  readonly method: Method
  readonly driver: DriverName
  /** The login that changes, and the one that the file has. */
  readonly users: { readonly pending: string; readonly current: string }
  readonly file: string
  readonly graceHours: number
  readonly checks: number
  readonly emergency: boolean
  readonly byRequest: boolean
  /** What is said to the system for a change. */
  readonly shapesOf: (change: Change) => readonly Shape[]
}

/** Stands where a password would: no shape shows it. */
const HIDDEN = new Secret('hidden')

/** @throws SealwardError what the system cannot do */
export function planOf(question: PlanQuestion): Plan {
  const { method, driver, users, file, shapesOf, byRequest } = question
  const current = { user: users.current, password: HIDDEN }
  const pending = { user: users.pending, password: HIDDEN }
  const apply = changeToApply(method, { pending, current, request: 'the id of the rotation' })
  const steps: PlannedStep[] = [
    step('planned', 'lock; the login of the file and the admin work, and what changes would outlast a restart'),
    step('pending-committed', `${made(method)}, encrypted for those who can open ${file}, is committed and pushed`),
    step('applied', 'the system is given the new login', shapesOf(apply)),
    step('tested', 'a fresh connection logs in with it'),
    step('promoted', `${file} gets it, in one commit${byRequest ? '; a pull request is opened' : ''}`),
  ]
  return { strategy: method.strategy, driver, steps: [...steps, ...endOf(question)] }
}

function endOf({ method, users, graceHours, checks, emergency, byRequest, shapesOf }: PlanQuestion): PlannedStep[] {
  const waits = byRequest && !emergency ? 'when it is merged, ' : ''
  const verified =
    checks === 0 ? `${waits}nothing else is checked` : `${waits}${checks} checks have to pass, or it is rolled back`
  const revoked = shapesOfRevoking(method, users, shapesOf)
  if (method.strategy === 'single') return [step('revoked', `${verified}; the old password ended with the change`)]
  const grace = emergency ? [] : [step('grace', `${verified}; both work for ${graceHours} h more`)]
  return [...grace, step('revoked', 'the old one is ended, and forgotten', revoked)]
}

function shapesOfRevoking(method: Method, users: PlanQuestion['users'], shapesOf: PlanQuestion['shapesOf']) {
  const [current, previous] = [
    { user: users.pending, password: new Secret('a') },
    { user: users.current, password: new Secret('b') },
  ]
  const change = changeToRevoke(method, { current, previous, throwaway: HIDDEN })
  return change === null ? [] : shapesOf(change)
}

function made({ issues }: Method): string {
  return issues ? 'a request for a value that the system will make' : 'a new password'
}

function step(phase: Phase, what: string, shapes: readonly Shape[] = []): PlannedStep {
  return { phase, what, shapes }
}
