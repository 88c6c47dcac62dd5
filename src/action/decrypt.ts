import { exportToJob } from '../tasks/export-to-job.ts'
import { fail } from './fail.ts'
import { readInputs } from './inputs.ts'
import { publish } from './outputs.ts'
import { openWorld, type Runner } from './world.ts'

/** The mode `decrypt`: secrets into the job. Never throws: what goes wrong fails the step. */
export async function run(runner: Runner): Promise<void> {
  try {
    const inputs = readInputs(process.env)
    const world = await openWorld(inputs, runner)
    await publish(await exportToJob(inputs.request, world), inputs, world)
  } catch (error) {
    fail(error, runner)
  }
}
