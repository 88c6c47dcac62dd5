import type { OpenedFile } from '../../../../core/envelope/decrypt.ts'
import { SealwardError } from '../../../../core/errors.ts'
import { unlockBytes } from '../../keys/unlock.ts'
import type { Run } from '../run.ts'

/** An encrypted file of a branch. */
export interface Opened {
  readonly bytes: Uint8Array
  readonly opened: OpenedFile
}

/** As the rotation's own branch has it. @throws SealwardError not-found */
export async function openFrom(run: Run, path: string): Promise<Opened> {
  return openBytes(await run.branch.read(path), path, run)
}

/** As the branch that counts has it. @throws SealwardError not-found */
export async function openCounting(run: Run, path: string): Promise<Opened> {
  return openBytes(await run.branch.readCounting(path), path, run)
}

async function openBytes(bytes: Uint8Array | null, path: string, run: Run): Promise<Opened> {
  if (bytes === null)
    throw new SealwardError('not-found', 'the branch has no such file', {
      file: path,
      hint: 'a rotation knows what is committed and pushed, and nothing else',
    })
  return { bytes, opened: await unlockBytes(bytes, { path, anyName: true }, run.world) }
}

/** Its variables. */
export function valuesOf({ variables }: OpenedFile): ReadonlyMap<string, string> {
  return new Map([...variables].map(([name, { value }]) => [name, value]))
}
