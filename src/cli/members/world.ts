import { join } from 'node:path'
import { openConfigsFrom } from '../../adapters/files/nearest.ts'
import { insideOf } from '../../adapters/files/sources/paths.ts'
import { openFileHistory } from '../../adapters/git/history/follow.ts'
import { openPastNames } from '../../adapters/git/history/past-names.ts'
import { SealwardError } from '../../core/errors.ts'
import { rememberKeys } from '../../tasks/steps/keys/remember-keys.ts'
import type { MembersWorld } from '../../tasks/steps/members/request.ts'
import { USUAL_NAMES } from '../../tasks/steps/usual-names.ts'
import { openRotation } from '../rotation/world.ts'
import type { World } from '../world.ts'

export interface OpenedMembers {
  readonly world: MembersWorld
  /** The folder that this process stands in, from the top. */
  readonly folder: string
  /** @returns a path of the command line, from the top; null where it is elsewhere */
  inside(path: string): string | null
}

/**
 * The repository that this process stands in. Paths are from its top, and a key is asked for once. @throws SealwardError git outside of
 * one
 */
export async function openMembers(world: World): Promise<OpenedMembers> {
  const { top, folder, files, finder, teller, clock, ledger } = await openRotation(world)
  const fromTop = { read: (path: string, maxBytes: number) => files.read(join(top, path), maxBytes) }
  return {
    world: {
      ...{ finder, teller, clock, files: fromTop, keys: rememberKeys(world.keys).keys },
      configs: openConfigsFrom(top, files),
      ledger: ledger ?? world.ledger,
      history: openFileHistory(),
      past: openPastNames(USUAL_NAMES),
      writes: { top, folder, files, teller },
    },
    folder: insideOf(top, '.'),
    inside: (path) => insideOrNull(top, path),
  }
}

function insideOrNull(top: string, path: string): string | null {
  try {
    return insideOf(top, path)
  } catch (error) {
    if (error instanceof SealwardError && error.code === 'usage') return null
    throw error
  }
}
