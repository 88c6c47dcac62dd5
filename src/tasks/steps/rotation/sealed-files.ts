import { isEncryptedFile, parseEncryptedFile } from '../../../core/envelope/file.ts'
import { FILE_BYTES } from '../../../core/envelope/limits.ts'
import { SealwardError } from '../../../core/errors.ts'
import { means } from '../../../core/glob/means.ts'
import { environmentOf } from '../../../core/policy/environments.ts'
import type { Configs, Files, Finder, Teller } from '../../world.ts'
import { settlePolicy } from '../check/sealed-files.ts'
import { USUAL_NAMES } from '../usual-names.ts'

export interface SealedFilesWorld {
  readonly files: Pick<Files, 'read'>
  /** Finds below the top, and calls what it finds from there. */
  readonly finder: Finder
  readonly configs: Configs
  readonly teller: Teller
  readonly top: string
}

/** An encrypted file of the repository. */
export interface SealedFile {
  /** From the top. */
  readonly path: string
  readonly bytes: Uint8Array
  readonly recipients: readonly string[]
  readonly environment: string | null
}

/**
 * Reads every encrypted file of the working tree, whatever it is called: one that was forgotten would keep its old key.
 *
 * @throws SealwardError malformed and the like for a file that is encrypted by its name and cannot be read, limit, policy-invalid
 */
export async function findSealedFiles(world: SealedFilesWorld): Promise<readonly SealedFile[]> {
  const found: SealedFile[] = []
  for (const path of await world.finder.find(['**'])) {
    const recipients = await recipientsIn(path, world)
    if (recipients === null) continue
    const { policy, relative } = await settlePolicy(`${world.top}/${path}`, world.configs)
    found.push({ path, ...recipients, environment: environmentOf(policy, relative) })
  }
  return found
}

/** @returns null for what is no encrypted file: a text about the format too, which has lines like those of one */
async function recipientsIn(
  path: string,
  { files, teller, top }: SealedFilesWorld,
): Promise<Pick<SealedFile, 'bytes' | 'recipients'> | null> {
  const isUsual = USUAL_NAMES.some((glob) => means(glob, path))
  const bytes = await files.read(`${top}/${path}`, FILE_BYTES).catch((error: unknown) => {
    // A large file is a large file. Any other reason could hide one that keeps its old key.
    if (!isUsual && error instanceof SealwardError && error.code === 'limit') return null
    throw error
  })
  if (bytes === null || !isEncryptedFile(bytes)) return null
  try {
    const { wrappedKeys } = parseEncryptedFile(bytes, { anyName: true }).metadata
    return { bytes, recipients: wrappedKeys.map(({ recipient }) => recipient) }
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    if (isUsual) throw error.in(path)
    teller.warn(`${path}: has lines of an encrypted file and is none that can be read; it is left alone`)
    return null
  }
}
