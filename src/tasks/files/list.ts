import { parseEncryptedFile } from '../../core/envelope/file.ts'
import { FILE_BYTES } from '../../core/envelope/limits.ts'
import { looksSealed } from '../../core/envelope/values/sealed.ts'
import { SealwardError } from '../../core/errors.ts'
import { type ReadingWorld, recordRead } from '../steps/ledger/record-read.ts'
import type { Files } from '../world.ts'

export interface ListedVariable {
  readonly name: string
  readonly encrypted: boolean
  readonly empty: boolean
}

/**
 * The names in an encrypted file. Needs no key, so it vouches for nothing: names of empty values are not authenticated.
 *
 * @throws SealwardError not-found or malformed
 */
export async function list(file: string, world: { readonly files: Files } & ReadingWorld): Promise<ListedVariable[]> {
  const bytes = await world.files.read(file, FILE_BYTES)
  if (bytes === null) throw new SealwardError('not-found', 'no such file', { file })
  const variables = variablesIn(bytes, file)
  await recordRead({ kind: 'listed', files: [file], names: variables.map(({ name }) => name) }, world)
  return variables
}

function variablesIn(bytes: Uint8Array, file: string): ListedVariable[] {
  try {
    return parseEncryptedFile(bytes, { anyName: true }).lines.body.flatMap((line) =>
      line.kind === 'variable'
        ? [{ name: line.name, encrypted: looksSealed(line.stored), empty: line.stored === '' }]
        : [],
    )
  } catch (error) {
    throw error instanceof SealwardError ? error.in(file) : error
  }
}
