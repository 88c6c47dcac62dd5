import { SealwardError } from '../../../core/errors.ts'
import { printRotation, ROTATION_BYTES, type Rotation, readRotation } from '../../../core/rotation/state.ts'
import type { Files } from '../../world.ts'

/** In the git folder, beside the journal of writes: it is of this clone, and nobody can send one. */
export interface StateWorld {
  readonly files: Files
  readonly folder: string
}

const PRIVATE = 0o600

/**
 * Runs `work` while no other command of this clone rotates a key.
 *
 * @throws SealwardError locked, or malformed for what cannot be read
 */
export async function withRotation<T>(world: StateWorld, work: (before: Rotation | null) => Promise<T>): Promise<T> {
  if ((await world.files.read(pathOf(world), ROTATION_BYTES)) === null)
    await world.files
      .write(pathOf(world), new Uint8Array(), { exists: 'refuse', folders: true, mode: PRIVATE })
      .catch((error: unknown) => {
        if (!(error instanceof SealwardError) || error.code !== 'exists') throw error
      })
  return world.files.locked(pathOf(world), async () => work(await loadRotation(world)))
}

export async function loadRotation(world: StateWorld): Promise<Rotation | null> {
  try {
    return readRotation(await world.files.read(pathOf(world), ROTATION_BYTES))
  } catch (error) {
    throw error instanceof SealwardError ? error.in(pathOf(world)) : error
  }
}

/** @returns what it was given */
export async function saveRotation(rotation: Rotation, world: StateWorld): Promise<Rotation> {
  await world.files.write(pathOf(world), printRotation(rotation), { exists: 'replace', mode: PRIVATE })
  return rotation
}

export function backupPath({ id }: Rotation, { folder }: StateWorld): string {
  return `${folder}/rotation-${id}.json`
}

function pathOf({ folder }: StateWorld): string {
  return `${folder}/rotation.json`
}
