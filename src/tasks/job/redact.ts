import { prepareRedaction } from '../steps/job/redaction.ts'
import type { FileValue } from '../steps/job/secrets.ts'
import { rememberKeys } from '../steps/keys/remember-keys.ts'
import { type Reading, type UnlockWorld, unlockPath } from '../steps/keys/unlock.ts'
import type { Pipe } from '../world.ts'

export interface RedactRequest extends Reading {
  readonly files: readonly string[]
  /** Names of values that are no secrets. */
  readonly publicNames: readonly string[]
}

/**
 * Passes a stream on with the encrypted values of files hidden in it. Nothing is passed on when a file does not open.
 *
 * @throws SealwardError not-found, no-identity, or any of docs/format.md section 10
 */
export async function redact(request: RedactRequest, world: UnlockWorld & { readonly pipe: Pipe }): Promise<void> {
  const { keys, secrets } = rememberKeys(world.keys)
  const values: FileValue[] = []
  for (const file of request.files) {
    const { variables } = await unlockPath(file, request, { ...world, keys })
    for (const [name, { value, encrypted }] of variables) values.push({ name, value, plain: !encrypted })
  }
  const redaction = await prepareRedaction({ ...request, values, keys: secrets() }, world)
  await world.pipe.through(redaction.open())
}
