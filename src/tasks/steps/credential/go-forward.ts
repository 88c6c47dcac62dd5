import type { Login } from '../../../core/credential/change.ts'
import { changeToApply, changeToRestore } from '../../../core/credential/machine/changes.ts'
import type { Outcome } from '../../../core/credential/machine/outcome.ts'
import type { By } from '../../../core/credential/machine/reconcile.ts'
import { moved } from '../../../core/credential/record/record.ts'
import { SealwardError } from '../../../core/errors.ts'
import { pendingOf } from './ask.ts'
import { carryOut, problemWith } from './carry-out.ts'
import { commitStep } from './commit.ts'
import { giveUp } from './roll-back.ts'
import type { Run, Underway } from './run.ts'
import { stopHere } from './stop-here.ts'
import { graceFrom, watch } from './watch.ts'

/**
 * Gives the system what is pending, and goes on to the end. It may have it already: every change may be made twice.
 *
 * @throws SealwardError what the system and the branch throw; the next run goes on
 */
export async function apply(at: Underway, by: By, run: Run): Promise<Outcome> {
  if (by === 'current') stopHere(run.world)
  const { method, current, record } = at
  const change = changeToApply(method, { pending: record.pending!, current, request: record.id })
  try {
    const made = await carryOut(change, by, at)
    if (made === null) return test(at, run)
    run.world.hide(made)
    // What the system made is nowhere else.
    const pending = { user: record.pending!.user, password: made }
    return test(await commitStep(at, { record: withValue(record, pending) }, run), run)
  } catch (error) {
    // With one password only, nobody can log in until it is known which: the answer may have been lost, and the change not.
    const fresh = pendingOf(at)
    const isLost = error instanceof SealwardError && error.code === 'unavailable' && fresh !== null
    if (!isLost || (await problemWith(fresh, at)) !== null) throw error
    return test(at, run)
  }
}

/**
 * Logs in with what is pending, asks there what sealward.yml asks, and gives it to the file. What does not work is rolled back, as long as the
 * file still has the old one.
 */
export async function test(at: Underway, run: Run): Promise<Outcome> {
  const fresh = pendingOf(at)
  if (fresh === null) throw new SealwardError('internal', 'a rotation without a value was to be tested')
  const statements = run.rule.verify.flatMap((check) => (check.kind === 'sql' ? [check.statement] : []))
  const problem = await problemWith(fresh, at, statements)
  if (problem?.kind === 'unknown')
    throw new SealwardError('unavailable', `whether the new login works is not known: ${problem.why}`)
  if (problem !== null) return giveUp(at, { why: `the new login failed its test: ${problem.why}`, asked: false }, run)
  const { record } = at
  const tested =
    record.phase === 'tested'
      ? at
      : await commitStep(at, { record: moved(record, 'tested', { lastFailure: null }) }, run)
  return promote(tested, fresh, run)
}

/** The system was set back to a time before the rotation: it gets what the file has once more. */
export async function restore(at: Underway, by: By, run: Run): Promise<Outcome> {
  const { method, current, record } = at
  run.world.teller.warn(
    `${record.name}: the system does not know the login of the file any more, and is given it again`,
  )
  await carryOut(changeToRestore(method, { current, previous: record.previous, by }), by, at)
  const problem = await problemWith(current, at)
  if (problem !== null) throw new SealwardError('unavailable', `the login of the file does not work: ${problem.why}`)
  return watch(at, { isGone: by === 'admin' }, run)
}

/** The file gets the new login and the record keeps the old one, in one commit: there is no moment in which one of them is nowhere. */
async function promote(at: Underway, login: Login, run: Run): Promise<Outcome> {
  const isGone = at.method.strategy === 'single'
  // A guess until it has arrived, for who reads the record where it was merged and waits.
  const graceUntil = isGone ? null : graceFrom(run.world.clock.now(), run)
  const record = moved(at.record, 'promoted', { previous: at.current, graceUntil })
  return watch(await commitStep(at, { record, login }, run), { isGone }, run)
}

/** `applied` once, however often the system is asked for the same. */
function withValue(record: Underway['record'], pending: Underway['record']['pending']): Underway['record'] {
  return record.phase === 'pending-committed' ? moved(record, 'applied', { pending }) : { ...record, pending }
}
