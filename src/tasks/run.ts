import { type EnvironmentRequest, gatherEnvironment } from './steps/environment.ts'
import type { UnlockWorld } from './steps/unlock.ts'
import type { Children } from './world.ts'

export interface RunRequest extends Omit<EnvironmentRequest, 'target'> {
  readonly command: readonly string[]
}

/**
 * Runs a command with the variables of encrypted files in its environment. A file that does not open never starts the command.
 *
 * @returns the status to exit with
 * @throws SealwardError as gatherEnvironment
 */
export async function run(request: RunRequest, world: UnlockWorld & { readonly children: Children }): Promise<number> {
  const variables = await gatherEnvironment({ ...request, target: 'process' }, world)
  return world.children.run(request.command, Object.fromEntries(variables))
}
