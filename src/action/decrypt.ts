import { SealwardError } from '../core/errors.ts'
import type { LedgerEvent } from '../core/ledger/event.ts'
import { exportToJob } from '../tasks/job/export-to-job.ts'
import { OPEN_FAILURES } from '../tasks/steps/ledger/record-read.ts'
import { fail } from './fail.ts'
import { type Inputs, readInputs } from './inputs.ts'
import { publish } from './outputs.ts'
import { type ActionWorld, openWorld, type Runner } from './world.ts'

/** The mode `decrypt`: secrets into the job. Never throws: what goes wrong fails the step. */
export async function run(runner: Runner): Promise<void> {
  try {
    const inputs = readInputs(process.env)
    const world = await openWorld(inputs, runner)
    await decrypt(inputs, world)
  } catch (error) {
    fail(error, runner)
  }
}

/** A ledger is told behind everything else: before the masks are out, nothing is said. */
async function decrypt(inputs: Inputs, world: ActionWorld): Promise<void> {
  try {
    const exported = await exportToJob(inputs.request, world)
    await publish(exported, inputs, world)
    if (exported.kind !== 'exported') return
    const files = exported.sources.map(({ path }) => ({ path }))
    await write({ kind: 'decrypted', files, count: exported.variables.size }, inputs, world)
  } catch (error) {
    if (error instanceof SealwardError && error.file !== undefined && OPEN_FAILURES.includes(error.code))
      await write({ kind: 'open-failed', files: [{ path: error.file }], code: error.code }, inputs, world)
    throw error
  }
}

async function write(
  event: LedgerEvent<'decrypted' | 'open-failed'>,
  { ledger }: Inputs,
  world: ActionWorld,
): Promise<void> {
  if (ledger === null) return
  const { tell } = await import('./ledger/tell.ts')
  await tell(event, ledger, world)
}
