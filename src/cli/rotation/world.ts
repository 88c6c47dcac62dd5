import { lstatSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openFinder } from '../../adapters/files/find.ts'
import { openSignedNames } from '../../adapters/files/names.ts'
import { openConfigs } from '../../adapters/files/nearest.ts'
import { findTop } from '../../adapters/files/sources/paths.ts'
import { readGit } from '../../adapters/git/child.ts'
import { openFetchedRotations } from '../../adapters/git/rotation/fetched.ts'
import { SealwardError } from '../../core/errors.ts'
import { rememberKeys } from '../../tasks/steps/keys/remember-keys.ts'
import type { RotateKeyWorld } from '../../tasks/steps/rotation/key-world.ts'
import { JOURNAL_FILE } from '../../tasks/steps/writes/settling-files.ts'
import type { Files, Teller } from '../../tasks/world.ts'
import type { World } from '../world.ts'

/** Where the repository that this process stands in keeps what is of this working tree alone. */
export interface Place {
  readonly top: string
  readonly folder: string
}

const PATH_BYTES = 64 * 1024

/** The repository that this process stands in, for who changes several of its files. @throws SealwardError git outside of one */
export async function openRotation(world: World): Promise<RotateKeyWorld> {
  const place = await findPlace()
  if (place === null)
    throw new SealwardError('git', 'not in a git repository', { hint: 'what is done is kept safe in its git folder' })
  const { files, teller, clock, ledger } = world
  return {
    ...{ ...place, files, teller, clock, ledger },
    // Every file asks for them, and a place may be a command.
    keys: rememberKeys(world.keys).keys,
    configs: openConfigs(process.cwd(), files, place.top),
    finder: openFinder(place.top),
    names: openSignedNames(process.cwd()),
  }
}

/** The same, with the branches of rotations that were fetched. @throws SealwardError git outside of a repository */
export async function openRotations(world: World) {
  return { ...(await openRotation(world)), rotations: openFetchedRotations(world.teller) }
}

/** Finishes or takes back what an interrupted command left; asks the file system alone where there is nothing. */
export async function settleHere(world: { readonly files: Files; readonly teller: Teller }): Promise<void> {
  const place = await findPlace()
  if (place === null) return
  const { size = 0 } = statSync(join(place.folder, JOURNAL_FILE), { throwIfNoEntry: false }) ?? {}
  if (size === 0) return
  const { settleWrites } = await import('../../tasks/steps/writes/write-all.ts')
  await settleWrites({ ...world, ...place })
}

/** @returns null outside of a repository */
export async function findPlace(): Promise<Place | null> {
  const top = findTop(process.cwd())
  const status = top === null ? undefined : lstatSync(join(top, '.git'), { throwIfNoEntry: false })
  if (top === null || status === undefined) return null
  if (status.isDirectory()) return { top, folder: join(top, '.git', 'sealward') }
  const answer = await readGit(['rev-parse', '--git-path', 'sealward'], PATH_BYTES)
  return { top, folder: resolve(answer.toString('utf8').replace(/\n$/, '')) }
}
