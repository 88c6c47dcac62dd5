import { fail } from '../fail.ts'
import type { Runner } from '../world.ts'
import { checkPart } from './check.ts'
import { dashboardPart } from './dashboard.ts'
import { readOrganisationInputs } from './inputs.ts'
import { planPart } from './plan.ts'
import { openOrganisationWorld } from './world.ts'

const PARTS = { plan: planPart, check: checkPart, dashboard: dashboardPart }

/**
 * The mode `organisation`, a program of its own: what is due in all repositories of an organisation, as three jobs of one workflow, which
 * docs/organisation.md shows. Never throws: what goes wrong fails the step.
 */
export async function run(runner: Runner): Promise<void> {
  try {
    const inputs = readOrganisationInputs(process.env)
    if (inputs.stray !== null) runner.annotate('warning', inputs.stray)
    process.exitCode = await PARTS[inputs.part](inputs, await openOrganisationWorld(inputs, runner), runner)
  } catch (error) {
    fail(error, runner)
  }
}
