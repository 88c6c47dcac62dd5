import { isAgeFile, isBinaryAgeFile } from '../../../core/age/foreign.ts'
import { type Identity, parseIdentities } from '../../../core/age/identity.ts'
import { SealwardError } from '../../../core/errors.ts'
import { Secret } from '../../../core/secret.ts'
import type { Files, Passphrases } from '../../world.ts'
import { IDENTITY_FILE_BYTES } from './new-key.ts'

export interface IdentityFile {
  /** As it is without a passphrase. */
  readonly text: Secret
  readonly identities: readonly Identity[]
  readonly isProtected: boolean
}

export interface IdentityFileWorld {
  readonly files: Pick<Files, 'read'>
  /** Absent where a file with a passphrase is refused. */
  readonly passphrases?: Passphrases
}

/**
 * Reads an identity file, one with a passphrase too.
 *
 * @throws SealwardError not-found, identity-invalid; usage for a passphrase that is not welcome; what opening with one throws
 */
export async function readIdentityFile(path: string, { files, passphrases }: IdentityFileWorld): Promise<IdentityFile> {
  const bytes = await files.read(path, IDENTITY_FILE_BYTES)
  if (bytes === null) throw new SealwardError('not-found', 'no such file', { file: path })
  const stored = textOf(bytes)
  const isProtected = isAgeFile(stored)
  if (isProtected && passphrases === undefined)
    throw new SealwardError('usage', 'has a passphrase already', { file: path })
  try {
    const text = isProtected ? await opened(stored, path, passphrases!) : stored
    return { text: new Secret(text), identities: identitiesIn(text), isProtected }
  } catch (error) {
    throw error instanceof SealwardError ? error.in(path) : error
  }
}

async function opened(stored: string, path: string, passphrases: Passphrases): Promise<string> {
  const { openProtected } = await import('../../../core/age/passphrase.ts')
  return openProtected(stored, (attempt) => passphrases.ask(path, attempt))
}

/** A binary age file is no UTF-8. */
function textOf(bytes: Uint8Array): string {
  const latin = Buffer.from(bytes).toString('latin1')
  return isBinaryAgeFile(latin) ? latin : new TextDecoder().decode(bytes)
}

function identitiesIn(text: string): readonly Identity[] {
  const { identities, skipped } = parseIdentities(text)
  if (identities.length > 0) return identities
  throw new SealwardError(
    'identity-invalid',
    `holds no age identity${skipped.length === 0 ? '' : ` (${skipped.join('; ')})`}`,
  )
}
