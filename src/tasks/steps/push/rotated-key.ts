import { SealwardError } from '../../../core/errors.ts'
import { isInGrace, type Rotation } from '../../../core/rotation/state.ts'
import { Secret } from '../../../core/secret.ts'
import type { Ledger } from '../../world/ledger.ts'
import type { Keys } from '../../world.ts'
import { keyFor } from '../rotation/held-keys.ts'
import type { StateWorld } from '../rotation/state-file.ts'

/** What handing over the key of a rotation touches, whatever it is handed to. */
export type HandOverWorld = StateWorld & { readonly keys: Keys; readonly ledger?: Ledger }

export interface RotatedKey {
  readonly rotation: Rotation
  /** The identity alone, in one line: what stands round it in its file is no secret, and one line can be masked. */
  readonly value: Secret
}

/**
 * The new key of the last rotation, from its file, or from wherever keys are found.
 *
 * @throws SealwardError usage where no rotation is completed, no-identity where the key is nowhere
 */
export async function rotatedKey(rotation: Rotation | null, world: HandOverWorld): Promise<RotatedKey> {
  if (rotation === null || rotation.phase !== 'completed')
    throw new SealwardError('usage', 'no rotation is done whose key could be handed over', {
      hint: '`sealward rotate status` says more',
    })
  const { keyFile: path, fresh } = rotation
  const found = await keyFor(fresh, { path, files: world.files, elsewhere: world.keys })
  const text = (await found?.places()[0]?.read())?.text
  if (text === undefined)
    throw new SealwardError('no-identity', 'the new key is not at hand', { hint: 'give it with -i FILE' })
  return { rotation, value: new Secret(text.trim()) }
}

/** The same error, for who has to know what was done before it, and how to go on. */
export function afterTheFiles(
  error: SealwardError,
  { rotation, what, again }: { readonly rotation: Rotation; readonly what: string; readonly again: string },
): SealwardError {
  const { code, message, hint, file } = error
  const meanwhile = isInGrace(rotation)
    ? 'until --finish the old key opens the files too'
    : 'until then, whoever has the old key alone opens nothing'
  const next = `\`${again}\` goes on with that alone; ${meanwhile}`
  return new SealwardError(code, `the files are done, and ${what}: ${message}`, {
    hint: hint === undefined ? next : `${hint}\n${next}`,
    ...(file !== undefined && { file }),
  })
}
