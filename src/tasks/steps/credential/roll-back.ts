import type { Change, Login } from '../../../core/credential/change.ts'
import { changeToUndo, type Method } from '../../../core/credential/machine/changes.ts'
import type { Outcome } from '../../../core/credential/machine/outcome.ts'
import { stageOf } from '../../../core/credential/machine/phase.ts'
import { type By, reconcile } from '../../../core/credential/machine/reconcile.ts'
import { ended, moved, type RotationRecord } from '../../../core/credential/record/record.ts'
import { SealwardError } from '../../../core/errors.ts'
import { askAll } from './ask.ts'
import { carryOut, problemWith } from './carry-out.ts'
import { commitStep } from './commit.ts'
import { notKnown } from './not-known.ts'
import type { Run, Underway } from './run.ts'

export interface Reason {
  readonly why: string
  /** Whether a person wanted it. What was not wanted counts as a failure. */
  readonly asked: boolean
}

/**
 * Gives the new login up. The file gets the old one back first, and only then is the system changed: with an overlap whoever reads the file has
 * a login that works at every moment.
 *
 * @throws SealwardError what the branch throws, and the system where the old login has to be brought back to life first
 */
export async function giveUp(at: Underway, reason: Reason, run: Run): Promise<Outcome> {
  const { record } = at
  const counted = reason.asked ? { lastFailure: null } : { failures: record.failures + 1, lastFailure: FAILED }
  const next = moved(record, 'rolling-back', { ...counted, previous: null, graceUntil: null })
  const old = stageOf(record.phase) === 'after' ? record.previous : null
  run.world.teller.warn(`${record.name}: ${reason.why}; the old login comes back`)
  if (old !== null) await revive(old, at)
  return settleBack(await commitStep(at, { record: next, ...(old !== null && { login: old }) }, run), run)
}

/**
 * Takes the new login away from the system or sets the old one again, by what the system says, and tells how that went. Where readers of the
 * branch that counts may still have the new one it waits for the merge.
 *
 * @throws SealwardError unavailable where nobody knows, and what the branch throws. What the system throws leaves `rollback-failed`, with
 *   both logins kept.
 */
export async function settleBack(at: Underway, run: Run): Promise<Outcome> {
  const { strategy } = at.method
  if (strategy !== 'single' && !at.record.emergency && (await run.branch.arrivedAt(run.file)) === null)
    return { kind: 'waiting', for: 'merge', until: null }
  const { answers, why } = await askAll(at)
  const row = reconcile({ strategy, phase: at.record.phase, answers })
  const action = run.wishes.force && row.forced !== null ? row.forced : row.action
  if (action.kind === 'stop') throw notKnown(row.because, why)
  if (action.kind === 'close') return close(at, reasonOf(at.record), run)
  if (action.kind === 'undo') return undo(at, action.by, run)
  return { kind: 'drift', why: row.because }
}

/** Nothing is left to be undone: the record forgets both. */
export async function close(at: Underway, { why, asked }: Reason, run: Run): Promise<Outcome> {
  await commitStep(at, { record: ended(at.record, 'rolled-back') }, run)
  return { kind: 'rolled-back', asked, why }
}

const FAILED = 'check-failed'

async function undo(at: Underway, by: By, run: Run): Promise<Outcome> {
  const problem = await problemOfUndoing(at, by)
  if (problem === null) return close(at, reasonOf(at.record), run)
  const { record } = at
  const failed = { failures: record.failures + 1, lastFailure: problem.code }
  const next = record.phase === 'rollback-failed' ? { ...record, ...failed } : moved(record, 'rollback-failed', failed)
  await commitStep(at, { record: next }, run)
  return { kind: 'rollback-failed', why: problem.message }
}

async function problemOfUndoing(at: Underway, by: By): Promise<SealwardError | null> {
  try {
    await carryOut(changeToUndo(at.method, { current: at.current, pending: at.record.pending!, by }), by, at)
    const problem = await problemWith(at.current, at)
    return problem === null ? null : new SealwardError('unavailable', `the old login does not work: ${problem.why}`)
  } catch (error) {
    // That this run may do nothing any more is no failure of the system.
    if (error instanceof SealwardError && error.code !== 'locked') return error
    throw error
  }
}

/** With an overlap, what comes back into the file has to work before it is there. With `single` it cannot. */
async function revive(old: Login, at: Underway): Promise<void> {
  if (at.method.strategy === 'single') return
  const problem = await problemWith(old, at)
  if (problem?.kind === 'unknown')
    throw new SealwardError('unavailable', `whether the old login works is not known: ${problem.why}`)
  if (problem !== null) await carryOut(changeToRevive(at.method, old, at.current), 'current', at)
}

function changeToRevive({ strategy }: Method, { user, password }: Login, current: Login): Change {
  return strategy === 'dual'
    ? { kind: 'add', user, fresh: password, current: current.password }
    : { kind: 'replace', user, fresh: password }
}

function reasonOf({ lastFailure }: RotationRecord): Reason {
  return lastFailure === null
    ? { why: 'the new login was taken back', asked: true }
    : { why: 'the new login failed a test or a check', asked: false }
}
