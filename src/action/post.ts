import { STATE_NAME } from '../core/job/state.ts'
import { printCleanUp } from '../core/report/clean-up.ts'
import { cleanUp } from '../tasks/job/clean-up.ts'
import { fail } from './fail.ts'
import { openOwnFiles, openRunner } from './world.ts'

const runner = openRunner(process.env)

async function main(): Promise<void> {
  const outcome = await cleanUp(process.env[`STATE_${STATE_NAME}`], { jobFiles: openOwnFiles('.') })
  const { lines, warnings } = printCleanUp(outcome)
  for (const line of lines) runner.say(line)
  for (const warning of warnings) runner.annotate('warning', warning)
}

main().catch((error: unknown) => fail(error, runner))
