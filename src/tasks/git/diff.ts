import type { Version } from '../../core/check/history/version.ts'
import { compareVersions, type FileChange } from '../../core/diff/compare.ts'
import { FILE_BYTES } from '../../core/envelope/limits.ts'
import { SealwardError } from '../../core/errors.ts'
import { readIdentities } from '../steps/ages/value-age.ts'
import { openVersionReader } from '../steps/ages/version-reader.ts'
import { settleQuotes } from '../steps/quotes.ts'
import type { StoredFiles } from '../world/git/repository.ts'
import type { Configs, Files, Keys, Teller } from '../world.ts'

export interface DiffRequest {
  /** From the top of the repository. */
  readonly path: string
  /** The same file as this process finds it. */
  readonly file: string
  readonly from: string
  /** Null for what is on disk. */
  readonly to: string | null
}

export interface DiffWorld {
  readonly stored: StoredFiles
  readonly files: Pick<Files, 'read'>
  readonly configs: Configs
  readonly keys: Keys
  readonly teller: Teller
}

export interface DiffOutcome {
  readonly change: FileChange
  /** Versions that no identity opened: there, ciphertext is compared. */
  readonly sealed: number
}

/**
 * What differs between two versions of an encrypted file, as far as it can be opened.
 *
 * @throws SealwardError not-found when neither version has the file, malformed when one cannot be read; git
 */
export async function diff({ path, file, from, to }: DiffRequest, world: DiffWorld): Promise<DiffOutcome> {
  const before = await world.stored.at(from, path)
  const after = to === null ? await world.files.read(file, FILE_BYTES) : await world.stored.at(to, path)
  if (before === null && after === null)
    throw new SealwardError('not-found', 'neither of the two versions has this file', {
      file: path,
      hint: 'a commit is given as A.. or A..B, before the file',
    })
  const notes: { readonly message: string }[] = []
  const reader = openVersionReader({ read: noHistory }, await readIdentities(world.keys, notes))
  for (const { message } of notes) world.teller.warn(message)
  const quotes = await settleQuotes(file, world.configs)
  if (before !== null) await reader.take({ id: 'before', quotes }, before)
  if (after !== null) await reader.take({ id: 'after', quotes }, after)
  const versionOf = (id: string, bytes: Uint8Array | null): Version | null => {
    const version = bytes === null ? null : reader.versions.get(id)
    if (version === undefined)
      throw new SealwardError('malformed', 'one of the two versions cannot be read', { file: path })
    return version
  }
  const change = compareVersions(versionOf('before', before), versionOf('after', after))
  return { change, sealed: reader.counts.sealed }
}

/** Both versions are at hand. */
async function* noHistory(): AsyncGenerator<never> {}
