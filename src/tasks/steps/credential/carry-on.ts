import type { Outcome } from '../../../core/credential/machine/outcome.ts'
import { stageOf } from '../../../core/credential/machine/phase.ts'
import { type Action, reconcile } from '../../../core/credential/machine/reconcile.ts'
import type { RotationRecord } from '../../../core/credential/record/record.ts'
import { afterMeddling, drift } from './after-meddling.ts'
import { askAll } from './ask.ts'
import { begin } from './begin.ts'
import { commitStep } from './commit.ts'
import { apply, restore, test } from './go-forward.ts'
import { notKnown } from './not-known.ts'
import { stand } from './reading/stand.ts'
import { giveUp, settleBack } from './roll-back.ts'
import type { Run, Standing, Underway } from './run.ts'
import { stopHere } from './stop-here.ts'
import { watch } from './watch.ts'

/**
 * Takes one credential from where it stands as far as it can go now. Where it stands is asked of the system, and not believed of the record.
 *
 * @throws SealwardError where nothing could be decided; the next run goes on
 */
export async function carryOn(run: Run): Promise<Outcome> {
  const at = withWishes(await stand(run), run)
  const { record } = at
  if (record === null || stageOf(record.phase) === 'idle') return fromIdle(at, run)
  if (record.failures >= run.policy.breaker && !run.wishes.retry && !run.wishes.rollback) return breakerOf(record)
  const under = await forgiven({ ...at, record }, run)
  return (await afterMeddling(under, run)) ?? fromUnderway(under, run)
}

/** What a person forgave is written down: a run that only waits would write nothing, and the next one would count on. */
async function forgiven(at: Underway, run: Run): Promise<Underway> {
  if (!run.wishes.retry || at.record.failures === 0) return at
  return commitStep(at, { record: { ...at.record, failures: 0, lastFailure: null } }, run)
}

async function fromIdle(at: Standing, run: Run): Promise<Outcome> {
  const { record, method } = at
  if (run.wishes.rollback) return { kind: 'nothing', why: 'no rotation is under way' }
  if (record !== null && record.failures >= run.policy.breaker && !run.wishes.retry) return breakerOf(record)
  // What is written down on a branch of its own and not merged yet would be built upon.
  if ((await run.branch.arrivedAt(run.file)) === null) return { kind: 'waiting', for: 'merge', until: null }
  const { answers, why } = await askAll(at)
  const row = reconcile({ strategy: method.strategy, phase: record?.phase ?? 'planned', answers })
  const action = chosen(row, run)
  if (action.kind === 'stop') throw notKnown(row.because, why)
  if (action.kind !== 'start') return { kind: 'drift', why: row.because }
  stopHere(run.world)
  return apply(await begin(at, answers.current === 'yes', run), 'current', run)
}

async function fromUnderway(at: Underway, run: Run): Promise<Outcome> {
  const { record, method } = at
  if (stageOf(record.phase) === 'back') return settleBack(at, run)
  if (run.wishes.rollback) return giveUp(at, { why: 'a rollback was asked for', asked: true }, run)
  const { answers, why } = await askAll(at)
  const row = reconcile({ strategy: method.strategy, phase: record.phase, answers })
  const action = chosen(row, run)
  if (action.kind === 'stop') throw notKnown(row.because, why)
  if (action.kind === 'apply') return apply(at, action.by, run)
  if (action.kind === 'test') return test(at, run)
  if (action.kind === 'restore') return restore(at, action.by, run)
  if (action.kind === 'watch' || action.kind === 'settle') return watch(at, { isGone: action.kind === 'settle' }, run)
  return drift(at, row.because, run)
}

function chosen(row: { readonly action: Action; readonly forced: Action | null }, { wishes }: Run): Action {
  return wishes.force && row.forced !== null ? row.forced : row.action
}

function breakerOf({ failures, lastFailure }: RotationRecord): Outcome {
  return {
    kind: 'breaker',
    why: `it failed ${failures} times in a row${lastFailure === null ? '' : `, the last time with ${lastFailure}`}`,
  }
}

function withWishes(at: Standing, { wishes }: Run): Standing {
  const { record } = at
  if (record === null) return at
  const isOpen = stageOf(record.phase) !== 'idle'
  return { ...at, record: { ...record, emergency: record.emergency || (isOpen && wishes.emergency) } }
}
