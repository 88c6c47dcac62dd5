import { meddlingWith } from '../../../core/credential/machine/meddling.ts'
import type { Outcome } from '../../../core/credential/machine/outcome.ts'
import { stageOf } from '../../../core/credential/machine/phase.ts'
import { recordPath } from '../../../core/credential/record/place.ts'
import { moved } from '../../../core/credential/record/record.ts'
import { SealwardError } from '../../../core/errors.ts'
import { problemWith } from './carry-out.ts'
import { commitStep } from './commit.ts'
import { targetText } from './reading/settle-target.ts'
import { close, settleBack } from './roll-back.ts'
import type { Run, Underway } from './run.ts'

/**
 * Somebody changed the file by hand or pointed it at another system, or the record is not of this rotation. Nothing that they did is undone,
 * and no system is given what such a record says.
 *
 * @returns null where nobody did
 * @throws SealwardError unsupported for another system, and for a login that is none of this credential; unavailable where nobody knows
 */
export async function afterMeddling(at: Underway, run: Run): Promise<Outcome | null> {
  const { record, current, target } = at
  if (record.target !== targetText(target)) {
    if (run.wishes.force) return close(at, { why: 'the file leads to another system now', asked: true }, run)
    throw new SealwardError('unsupported', 'the file leads to another system than when the rotation began', {
      file: run.file,
      hint: 'put back where it led, or give the rotation up with --force: the other system may have both logins then',
    })
  }
  const meddling = meddlingWith(record, current)
  if (meddling === 'taken-back') {
    const next = moved(record, 'rolling-back', { previous: null, graceUntil: null, lastFailure: null })
    return settleBack(await commitStep(at, { record: next }, run), run)
  }
  if (meddling === 'replaced') return endReplaced(at, run)
  return hasStranger(at, run) ? refuseStranger(at, run) : null
}

/** It is counted, so that `check` speaks of what no run will mend. */
export async function drift(at: Underway, why: string, run: Run): Promise<Outcome> {
  const { record } = at
  await commitStep(at, { record: { ...record, failures: record.failures + 1, lastFailure: 'drift' } }, run)
  return { kind: 'drift', why }
}

async function endReplaced(at: Underway, run: Run): Promise<Outcome> {
  const problem = await problemWith(at.current, at)
  if (problem?.kind === 'unknown') throw new SealwardError('unavailable', `the login of the file: ${problem.why}`)
  if (problem !== null) return drift(at, 'somebody changed the login of the file, and it does not work', run)
  const rest = stageOf(at.record.phase) === 'after' ? '; the one from before the rotation was not ended' : ''
  return close(at, { why: `somebody changed the login of the file meanwhile; it works${rest}`, asked: true }, run)
}

/** The admin can change everybody: a record may not send it to a user whom sealward.yml does not name. */
function hasStranger({ record: { strategy, pending, previous }, current }: Underway, { rule }: Run): boolean {
  const users = [pending, previous].flatMap((login) => login?.user ?? [])
  const known = strategy === 'alternating' ? (rule.users ?? []) : [current.user]
  return users.some((user) => !known.includes(user))
}

async function refuseStranger(at: Underway, run: Run): Promise<Outcome> {
  if (run.wishes.force) return close(at, { why: 'it was of a login that sealward.yml does not name', asked: true }, run)
  throw new SealwardError(
    'unsupported',
    'the rotation that is under way is of a login that sealward.yml does not name',
    {
      file: recordPath(run.rule.name),
      hint: 'put back the `users` that it began with, or give it up with --force',
    },
  )
}
