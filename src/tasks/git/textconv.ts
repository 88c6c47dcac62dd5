import { type Showing, viewOpened, viewSealed, viewUnreadable } from '../../core/diff/view.ts'
import { parseEncryptedFile } from '../../core/envelope/file.ts'
import { FILE_BYTES } from '../../core/envelope/limits.ts'
import { SealwardError } from '../../core/errors.ts'
import { type UnlockWorld, unlockBytes } from '../steps/keys/unlock.ts'
import type { DiffSettings } from '../world/git/repository.ts'

export interface TextconvRequest {
  /** A version that git has put somewhere: its path says nothing about its name in the repository. */
  readonly file: string
  /** Shows values; without it, the clone's setting decides. */
  readonly reveal: boolean
}

export type TextconvWorld = UnlockWorld & { readonly diffs: DiffSettings }

/**
 * An encrypted file as text for `git diff`. Whatever is in the file there is an answer: where a textconv fails, git shows no difference
 * of any file.
 *
 * @throws SealwardError not-found, io or limit
 */
export async function textconv({ file, reveal }: TextconvRequest, world: TextconvWorld): Promise<string> {
  const bytes = await world.files.read(file, FILE_BYTES)
  if (bytes === null) throw new SealwardError('not-found', 'no such file', { file })
  try {
    const parsed = parseEncryptedFile(bytes, { anyName: true })
    try {
      // Values as they are stored: how quotes are read depends on a name that is not known here.
      const opened = await unlockBytes(bytes, { path: file, anyName: true, quotes: 'literal' }, world)
      return viewOpened(opened, await showing(reveal, world.diffs))
    } catch (error) {
      return viewSealed(parsed, reasonOf(error))
    }
  } catch (error) {
    return viewUnreadable(bytes, reasonOf(error))
  }
}

async function showing(reveal: boolean, diffs: DiffSettings): Promise<Showing> {
  if (reveal || (await diffs.reveals())) return { kind: 'revealed' }
  return { kind: 'masked', key: await diffs.key() }
}

function reasonOf(error: unknown): string {
  if (error instanceof SealwardError) return error.message
  throw error
}
