import { printableName } from '../../../core/dotenv/names.ts'
import { FILE_BYTES } from '../../../core/envelope/limits.ts'
import { SealwardError } from '../../../core/errors.ts'
import type { FileToIndex } from '../../../core/scan/own/keyless/make.ts'
import type { OwnValue } from '../../../core/scan/own/own-value.ts'
import type { Configs, Files, Finder, Keys, Teller } from '../../world.ts'
import { listSecrets } from '../job/secrets.ts'
import { rememberKeys } from '../keys/remember-keys.ts'
import { unlockBytes } from '../keys/unlock.ts'
import { inFolder, USUAL_NAMES } from '../usual-names.ts'

export interface OwnSecretsWorld {
  /** The folder that findings are relative to; '' for the working folder. */
  readonly root: string
  readonly files: Pick<Files, 'read'>
  /** Looks below that folder. */
  readonly finder: Finder
  readonly configs: Configs
  readonly keys: Keys
  readonly teller: Teller
}

/**
 * Opens every encrypted file below the root. Values that a file has in plain text, and those that sealward.yml calls public, are no
 * secrets. A file that no key opens is named, unless none does.
 *
 * @throws SealwardError not-found without an encrypted file, no-identity, or any of docs/format.md section 10
 */
export async function openOwnFiles(world: OwnSecretsWorld): Promise<FileToIndex[]> {
  const paths = await world.finder.find(USUAL_NAMES)
  if (paths.length === 0)
    throw new SealwardError('not-found', 'there are no own secrets to look for: no file is named like .env.encrypted')
  const { keys } = rememberKeys(world.keys)
  const opened: FileToIndex[] = []
  const refused: { readonly path: string; readonly error: SealwardError }[] = []
  for (const path of paths) {
    try {
      opened.push(await openOne(path, { ...world, keys }))
    } catch (error) {
      if (!(error instanceof SealwardError) || error.code !== 'no-identity') throw error
      refused.push({ path, error })
    }
  }
  if (opened.length === 0) throw refused[0]!.error
  for (const { path } of refused)
    world.teller.warn(`${path}: no key at hand opens it, so its values are not looked for`)
  return opened
}

async function openOne(path: string, world: OwnSecretsWorld): Promise<FileToIndex> {
  const bytes = await world.files.read(inFolder(world.root, path), FILE_BYTES)
  if (bytes === null) throw new SealwardError('not-found', 'no such file', { file: path })
  const { file, variables } = await unlockBytes(bytes, { path, anyName: true }, world)
  const values = Array.from(variables, ([name, { value, encrypted }]) => ({ name, value, plain: !encrypted }))
  const { ciphertextsDigest } = await import('../../../core/scan/own/keyless/make.ts')
  return {
    file: path,
    ciphertexts: ciphertextsDigest(file),
    values: await listSecrets({ files: [path], values, publicNames: [], keys: [] }, world.configs),
  }
}

/** The values to look for. Those that say too little of where they come from are named, and not looked for. */
export async function ownValuesIn(opened: readonly FileToIndex[], teller: Teller): Promise<OwnValue[]> {
  const { isSought } = await import('../../../core/scan/own/forms.ts')
  const all = opened.flatMap(({ file, values }) => values.map(({ name, value }): OwnValue => ({ file, name, value })))
  const left = all.filter(({ value }) => value.trim() !== '' && !isSought(value))
  if (left.length > 0) teller.note(`too short or too usual to be looked for: ${namesOf(left)}`)
  return all.filter(({ value }) => isSought(value))
}

/** `A, B (.env.encrypted)`, a dozen at most. */
export function namesOf(list: readonly { readonly file: string; readonly name: string }[]): string {
  const shown = list.slice(0, 12).map(({ file, name }) => `${printableName(name)} (${file})`)
  return [...shown, ...(list.length > 12 ? [`and ${list.length - 12} more`] : [])].join(', ')
}
