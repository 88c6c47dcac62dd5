import { createHash } from 'node:crypto'
import type { LedgerEvent } from '../../core/ledger/event.ts'
import { tellLedger } from '../../tasks/job/tell-ledger.ts'
import type { LedgerWay } from '../../tasks/world/ledger.ts'
import type { ActionWorld } from '../world.ts'
import { openLedgerWorld } from './world.ts'

export interface LedgerInputs {
  readonly way: LedgerWay
  readonly token: string
}

/** Tells where the ledger is kept what this step did. That it could not be told is a warning: the job needs what it decrypted. */
export async function tell(
  event: LedgerEvent<'decrypted' | 'open-failed'>,
  { way, token }: LedgerInputs,
  world: Pick<ActionWorld, 'configs' | 'clock' | 'names' | 'runner'>,
): Promise<void> {
  const files = await Promise.all(event.files.map(async ({ path }) => ({ path: await nameOf(path, world) })))
  const {
    GITHUB_REPOSITORY: name,
    GITHUB_RUN_ID: run,
    GITHUB_RUN_ATTEMPT: attempt,
    GITHUB_JOB: job,
    GITHUB_ACTION: step,
  } = process.env
  const parts = JSON.stringify([name, run, attempt, job, step, event.kind])
  const id = `msg_${createHash('sha256').update(parts).digest('hex').slice(0, 32)}`
  const told = await tellLedger({ way, event: { ...event, files }, id }, openLedgerWorld(token, world))
  if (told.kind === 'told') world.runner.say(`sealward: written down: ${told.where}`)
  else world.runner.annotate('warning', `not written down in the ledger: ${told.why}`, { title: 'sealward' })
}

/** From the top of the repository; a file elsewhere is called as the workflow does. */
async function nameOf(path: string, { names }: Pick<ActionWorld, 'names'>): Promise<string> {
  return names.nameOf(path).catch(() => path)
}
