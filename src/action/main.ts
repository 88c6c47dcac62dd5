import { exportToJob } from '../tasks/export-to-job.ts'
import { fail } from './fail.ts'
import { readInputs } from './inputs.ts'
import { publish } from './outputs.ts'
import { openRunner, openWorld } from './world.ts'

const runner = openRunner(process.env)

async function main(): Promise<void> {
  const inputs = readInputs(process.env)
  const world = await openWorld(inputs, runner)
  await publish(await exportToJob(inputs.request, world), inputs, world)
}

main().catch((error: unknown) => fail(error, runner))
