import { failsCheck } from '../../core/check/fail-on.ts'
import { hideNames } from '../../core/report/check/names.ts'
import { check } from '../../tasks/check/check.ts'
import { fail } from '../fail.ts'
import type { Runner } from '../world.ts'
import { type CheckInputs, readCheckInputs } from './inputs.ts'
import { publish } from './outputs.ts'
import { settle } from './settings.ts'
import { isRefused, tellHeartbeat, tellIssues, tellReceivers } from './tell.ts'
import { type ActionCheckWorld, openCheckWorld } from './world.ts'

/** The mode `check`, a program of its own beside the one that decrypts, which loads it. Never throws: what goes wrong fails the step. */
export async function run(runner: Runner): Promise<void> {
  try {
    const inputs = readCheckInputs(process.env)
    process.exitCode = await checkFor(inputs, await openCheckWorld(inputs, runner), runner)
  } catch (error) {
    fail(error, runner)
  }
}

/** What was judged is told before GitHub is asked for anything: whatever is refused takes none of it away. @returns the exit status */
async function checkFor(inputs: CheckInputs, world: ActionCheckWorld, runner: Runner): Promise<number> {
  if (inputs.stray !== null) runner.annotate('warning', inputs.stray)
  if (world.withoutKey !== null) runner.say(`sealward: no key is used: ${world.withoutKey}`)
  const {
    report,
    settings: policy,
    lockdown,
  } = await check({ paths: [], environment: null, now: world.clock.now() }, world)
  const settings = settle(inputs, policy, world)
  const shown = hideNames(report, settings.issues.names)
  const around = { settings, world, runner }
  await publish(shown, inputs, around)
  const kept = await tellIssues({ ...report, lockdown }, around)
  await tellReceivers(shown, kept, around)
  await tellHeartbeat(report.at, around)
  if (isRefused(kept) && settings.failOn !== 'never') return 2
  return failsCheck(report, settings.failOn) ? 1 : 0
}
