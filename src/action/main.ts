import { exportToJob } from '../tasks/export-to-job.ts'
import { fail } from './fail.ts'
import { readInputs } from './inputs.ts'
import { publish } from './outputs.ts'
import { openRunner, openWorld } from './world.ts'

const runner = openRunner(process.env)

try {
  const inputs = readInputs(process.env)
  const world = await openWorld(inputs, runner)
  await publish(await exportToJob(inputs.request, world), inputs, world)
} catch (error) {
  fail(error, runner)
}
