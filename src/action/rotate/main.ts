import { exitOf } from '../../core/credential/machine/outcome.ts'
import { rotateSecrets } from '../../tasks/credentials/rotate-secret.ts'
import { fail } from '../fail.ts'
import type { Runner } from '../world.ts'
import { choose } from './choose.ts'
import { type RotateInputs, readRotateInputs } from './inputs.ts'
import { publish } from './outputs.ts'
import { type ActionRotateWorld, openRotateWorld } from './world.ts'

/** The mode `rotate`, a program of its own beside the one that decrypts, which loads it. Never throws: what goes wrong fails the step. */
export async function run(runner: Runner): Promise<void> {
  try {
    const inputs = readRotateInputs(process.env)
    process.exitCode = await rotateFor(inputs, await openRotateWorld(inputs, runner), runner)
  } catch (error) {
    fail(error, runner)
  }
}

/** @returns the exit status */
async function rotateFor(inputs: RotateInputs, world: ActionRotateWorld, runner: Runner): Promise<number> {
  if (inputs.stray !== null) runner.annotate('warning', inputs.stray)
  const chosen = await choose(inputs, world)
  const { dryRun } = inputs
  const wishes = { dryRun, rollback: false, retry: false, force: false }
  const rotated = await rotateSecrets({ ...chosen, ...wishes }, world)
  publish(rotated, inputs, runner)
  return exitOf(rotated)
}
