import { refusalOf } from '../../core/request/verdict.ts'
import { acceptRequest } from '../../tasks/credentials/accept-request.ts'
import { type ChosenCredentials, chooseCredentials } from '../../tasks/credentials/choose-credentials.ts'
import { settlePolicy } from '../../tasks/steps/check/sealed-files.ts'
import { requireMayRotate } from '../../tasks/steps/trust/may-rotate.ts'
import type { RotateInputs } from './inputs.ts'
import type { ActionRotateWorld } from './world.ts'

export interface Chosen extends ChosenCredentials {
  /** Why, for the ledger. */
  readonly reason: string | null
  readonly emergency: boolean
}

/**
 * What this run rotates. Whether it may is settled before anything is opened, and again for the files of what was chosen.
 *
 * @throws SealwardError untrusted, and what `chooseCredentials` throws
 */
export async function choose(inputs: RotateInputs, world: ActionRotateWorld): Promise<Chosen> {
  await requireMayRotate(await keyFiles(world), world)
  const { wanted, ...why } = await wishesOf(inputs, world)
  const chosen = await chooseCredentials(wanted, world)
  const files = chosen.credentials.flatMap(({ path, admin }) => (admin === null ? [path] : [path, admin.path]))
  await requireMayRotate([...new Set(files)], world)
  return { ...chosen, ...why }
}

/** The file that has the keys of senders: anybody can encrypt for those who open it, so that it counts only as it is committed. */
async function keyFiles({ configs }: ActionRotateWorld): Promise<readonly string[]> {
  const { requests } = (await settlePolicy('x', configs)).policy
  return requests?.keys.kind === 'file' ? [requests.keys.path] : []
}

/** What a signed request asks for, where the event carries one; else what the inputs say. */
async function wishesOf({ wanted, emergency, dryRun }: RotateInputs, world: ActionRotateWorld) {
  const verdict = await acceptRequest({ ...world, dryRun }, world)
  if (verdict === null) return { wanted, emergency, reason: null }
  if (verdict.kind !== 'ok') throw refusalOf(verdict)
  const { credential, requester, reason, emergency: isUrgent } = verdict.request
  return {
    wanted: { names: [credential], environment: null, onlyDue: false },
    emergency: isUrgent,
    reason: `asked for by ${requester}${reason === undefined ? '' : `: ${reason}`}`,
  }
}
