import { changeToRevoke } from '../../../core/credential/machine/changes.ts'
import type { Outcome } from '../../../core/credential/machine/outcome.ts'
import { generatePassword } from '../../../core/credential/password/generate.ts'
import { ended, moved } from '../../../core/credential/record/record.ts'
import { SealwardError } from '../../../core/errors.ts'
import { GRACE_HOURS } from '../../../core/policy/sections/rotation.ts'
import { carryOut, problemWith } from './carry-out.ts'
import { commitStep } from './commit.ts'
import { giveUp } from './roll-back.ts'
import type { Run, Underway } from './run.ts'
import { stopHere } from './stop-here.ts'

const HOUR = 60 * 60 * 1000

/** Where the old login is. */
export interface Old {
  /** It does not work any more: there is nothing to wait for, and nothing to revoke. */
  readonly isGone: boolean
}

/**
 * What follows the promotion: the commit arrives at the branch that counts, the checks pass, both logins work for a while, the checks pass
 * again, and the old one ends. It does as much of that as can be done now.
 *
 * @throws SealwardError unavailable where a check had no answer, and what the system and the branch throw
 */
export async function watch(at: Underway, old: Old, run: Run): Promise<Outcome> {
  const { record } = at
  const arrived = record.emergency ? run.world.clock.now() : await run.branch.arrivedAt(run.file)
  if (arrived === null) return { kind: 'waiting', for: 'merge', until: null }
  if (record.phase === 'grace' && !isOver(at, old, run)) return waitOn(at, run)
  const problem = await firstProblem(at, run)
  if (problem !== null) return giveUp(at, { why: problem, asked: false }, run)
  if (record.phase === 'grace' || old.isGone || record.emergency) return revoke(at, old, run)
  // Whoever makes a commit says when that was, and some clocks are wrong: nothing arrives before it was written.
  const graceUntil = graceFrom(new Date(Math.max(arrived.getTime(), record.updated.getTime())), run)
  const next = moved(record, 'grace', { graceUntil, failures: 0, lastFailure: null })
  const waiting = await commitStep(at, { record: next }, run)
  if (!isOver(waiting, old, run)) return { kind: 'waiting', for: 'grace', until: graceUntil }
  return revoke(waiting, old, run)
}

/** @returns the end of a grace that begins then */
export function graceFrom(start: Date, { rule }: Pick<Run, 'rule'>): Date {
  return new Date(start.getTime() + (rule.graceHours ?? GRACE_HOURS) * HOUR)
}

/** Failures count in a row, and this run was none. */
async function waitOn(at: Underway, run: Run): Promise<Outcome> {
  const { record } = at
  if (record.failures > 0) await commitStep(at, { record: { ...record, failures: 0, lastFailure: null } }, run)
  return { kind: 'waiting', for: 'grace', until: record.graceUntil }
}

function isOver({ record }: Underway, { isGone }: Old, { world }: Run): boolean {
  return isGone || record.emergency || record.graceUntil === null || record.graceUntil <= world.clock.now()
}

/**
 * Asks everything that sealward.yml wants asked of the new login, in its order.
 *
 * @returns why it has to be rolled back, or null
 * @throws SealwardError unavailable where there was no answer: that is no reason to do anything
 */
async function firstProblem(at: Underway, { rule, world }: Run): Promise<string | null> {
  for (const [index, check] of rule.verify.entries()) {
    const verdict =
      check.kind === 'sql' ? await problemWith(at.current, at, [check.statement]) : await world.verifier.verify(check)
    if (verdict === null || verdict.kind === 'passed') continue
    const why = `check ${index + 1} (${check.kind}): ${verdict.why}`
    if (verdict.kind === 'failed') return why
    throw new SealwardError('unavailable', `${why}: whether the new login serves is not known`)
  }
  return null
}

/**
 * Ends the old login. Right before and right after, the one of the file has to work; until then the old one stays in the record.
 *
 * @throws SealwardError unavailable, internal, and what the system and the branch throw
 */
async function revoke(at: Underway, { isGone }: Old, run: Run): Promise<Outcome> {
  const { method, current, record } = at
  const previous = record.previous
  if (previous !== null && !isGone) {
    stopHere(run.world)
    await requireWorks(at)
    const throwaway = generatePassword(run.rule.generate)
    run.world.hide(throwaway)
    const change = changeToRevoke(method, { current, previous, throwaway })
    if (change !== null) await carryOut(change, 'current', at)
  }
  await requireWorks(at)
  await commitStep(at, { record: { ...ended(record, 'revoked'), failures: 0, lastFailure: null } }, run)
  return { kind: 'rotated' }
}

async function requireWorks(at: Underway): Promise<void> {
  const problem = await problemWith(at.current, at)
  if (problem === null) return
  throw new SealwardError('unavailable', `the login of the file does not work: ${problem.why}`, {
    hint: 'the old one is kept, and the next run looks again',
  })
}
