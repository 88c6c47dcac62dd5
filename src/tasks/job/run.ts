import { type EnvironmentRequest, gatherEnvironment } from '../steps/job/environment.ts'
import { prepareRedaction } from '../steps/job/redaction.ts'
import { rememberKeys } from '../steps/keys/remember-keys.ts'
import type { UnlockWorld } from '../steps/keys/unlock.ts'
import { type ReadingWorld, recordRead, watchOpening } from '../steps/ledger/record-read.ts'
import { tellOfLockdown } from '../steps/trust/lockdown.ts'
import type { Children } from '../world.ts'

export interface RunRequest extends Omit<EnvironmentRequest, 'target'> {
  readonly command: readonly string[]
  /** Hides the variables in what the command prints. */
  readonly redact?: {
    /** Names of values that are no secrets. */
    readonly publicNames: readonly string[]
  }
}

/**
 * Runs a command with the variables of encrypted files in its environment. A file that does not open never starts the command.
 *
 * @returns the status to exit with
 * @throws SealwardError as gatherEnvironment; limit when the system lets no command have so much
 */
export async function run(
  request: RunRequest,
  world: UnlockWorld & ReadingWorld & { readonly children: Children },
): Promise<number> {
  const { keys, secrets } = rememberKeys(world.keys)
  const { variables, values } = await watchOpening(request.files[0]!, world, () =>
    gatherEnvironment({ ...request, target: 'process' }, { ...world, keys }),
  )
  await tellOfLockdown(request.files, world)
  await recordRead({ files: request.files, names: [...variables.keys()] }, world)
  const environment = Object.fromEntries(variables)
  if (request.redact === undefined) return world.children.run(request.command, environment)
  const { files } = request
  const redaction = await prepareRedaction({ ...request.redact, files, values, keys: secrets() }, world)
  return world.children.run(request.command, environment, () => redaction.open())
}
