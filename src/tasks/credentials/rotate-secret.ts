import { byCodeUnits } from '../../core/code-units.ts'
import type { Outcome, Rotated } from '../../core/credential/machine/outcome.ts'
import { stageOf } from '../../core/credential/machine/phase.ts'
import { recordPath } from '../../core/credential/record/place.ts'
import { nullIfOurs, SealwardError } from '../../core/errors.ts'
import type { CredentialRule, RotationPolicy } from '../../core/policy/sections/rotation.ts'
import { carryOn } from '../steps/credential/carry-on.ts'
import { commitStep } from '../steps/credential/commit.ts'
import { planRun } from '../steps/credential/plan-run.ts'
import { stand } from '../steps/credential/reading/stand.ts'
import type { RotateSecretWorld, Run, Wishes } from '../steps/credential/run.ts'
import { stopHere } from '../steps/credential/stop-here.ts'
import { whileLocked } from '../steps/credential/while-locked.ts'

export interface RotateSecretRequest extends Wishes {
  readonly policy: Pick<RotationPolicy, 'breaker' | 'delivery'>
  /** `chooseCredentials` says which. */
  readonly credentials: readonly CredentialRule[]
  /** Says what would be done. Nothing is changed, and no system is asked. */
  readonly dryRun: boolean
}

/**
 * Changes credentials at the systems that know them and in the encrypted files that have them, one after the other: at most one connection is
 * open at a time. What is to come is on the branch, encrypted, before a system is told, and what was stays there until the new one was seen to
 * work; so a run that is killed anywhere is finished by the next one. docs/credentials.md says what each phase means.
 *
 * What goes wrong with one does not keep the others from being rotated.
 *
 * @returns what became of each, by name
 */
export async function rotateSecrets(
  request: RotateSecretRequest,
  world: RotateSecretWorld,
): Promise<readonly Rotated[]> {
  const done: Rotated[] = []
  const sorted = [...request.credentials].sort((one, other) => byCodeUnits(one.name, other.name))
  for (const rule of sorted) done.push(await rotateOne(rule, request, world))
  return done
}

async function rotateOne(
  rule: CredentialRule,
  request: RotateSecretRequest,
  world: RotateSecretWorld,
): Promise<Rotated> {
  const { name } = rule
  try {
    stopHere(world)
    const run: Run = {
      ...(await world.deliveries.open(name)),
      rule,
      policy: request.policy,
      file: rule.path,
      wishes: request,
      world,
    }
    if (request.dryRun) return { name, outcome: { kind: 'planned', plan: await planRun(run) }, request: null }
    return await world.locks.within(name, async () => {
      const locked = { ...run, world: { ...world, systems: whileLocked(world.systems, world.clock) } }
      const outcome = await carryOnOrCount(locked)
      return { name, outcome, request: await askForMerge(outcome, locked) }
    })
  } catch (error) {
    return { name, outcome: failedBy(error), request: null }
  }
}

async function carryOnOrCount(run: Run): Promise<Outcome> {
  try {
    return await carryOn(run)
  } catch (error) {
    const outcome = failedBy(error)
    // A terminal stops the programs that run, too: what they say then is nobody's failure.
    if (!run.world.stop.asked) await countFailure(outcome.code, run)
    return outcome
  }
}

/**
 * Failures are counted while a rotation is under way, also those of the network: whatever the reason, it does not get done by itself. Before
 * it begins nothing is at stake, and somebody else's push is nobody's failure.
 */
async function countFailure(code: SealwardError['code'], run: Run): Promise<void> {
  if (code === 'locked') return
  // What cannot be read now was said already, and cannot be counted.
  const at = await stand(run).catch(nullIfOurs)
  if (at === null || at.record === null || stageOf(at.record.phase) === 'idle') return
  try {
    await commitStep(at, { record: { ...at.record, failures: at.record.failures + 1, lastFailure: code } }, run)
  } catch (error) {
    nullIfOurs(error)
    run.world.teller.warn(`${run.rule.name}: that it failed could not be written down`)
  }
}

/** Opens the pull request, or brings its words up to date, as long as something of it has not arrived. */
async function askForMerge(outcome: Outcome, { rule, branch, requests }: Run): Promise<string | null> {
  if (outcome.kind === 'nothing' || outcome.kind === 'failed' || outcome.kind === 'breaker') return null
  // That the grace has begun changes nothing for readers: it comes with the next request.
  if (outcome.kind === 'waiting' && outcome.for === 'grace') return null
  if ((await branch.read(recordPath(rule.name))) === null) return null
  if ((await branch.arrivedAt(recordPath(rule.name))) !== null) return null
  return requests.ensure({ title: `Rotate ${rule.name}`, body: bodyOf(outcome, rule) })
}

function bodyOf(outcome: Outcome, { name, path }: CredentialRule): string {
  const state =
    outcome.kind === 'waiting' && outcome.for === 'merge'
      ? 'What is committed here works already. The login that it replaces goes on working until this is merged, and for its grace after that.'
      : `It stands at: ${outcome.kind}.`
  return `Sealward rotates \`${name}\` in \`${path}\`.\n\n${state}\n\nNothing in it is readable without a key of that file.`
}

/** @throws what is no error of ours */
function failedBy(error: unknown): Extract<Outcome, { kind: 'failed' }> {
  if (!(error instanceof SealwardError)) throw error
  return { kind: 'failed', code: error.code, why: error.message, hint: error.hint ?? null }
}
