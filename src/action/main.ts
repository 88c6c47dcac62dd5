import { exportToJob } from '../tasks/export-to-job.ts'
import { readInputs } from './inputs.ts'
import { fail, publish } from './outputs.ts'
import { openRunner, openWorld } from './world.ts'

const runner = openRunner(process.env)

try {
  const inputs = readInputs(process.env)
  const world = openWorld(inputs, runner)
  const { quotes, ...rest } = inputs
  const request = { ...rest, patterns: inputs.files, ...(quotes === null ? {} : { quotes }) }
  publish(await exportToJob(request, world), inputs, world)
} catch (error) {
  fail(error, runner)
}
