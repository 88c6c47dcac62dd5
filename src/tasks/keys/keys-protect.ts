import { SealwardError } from '../../core/errors.ts'
import { readIdentityFile } from '../steps/keys/identity-file.ts'
import type { Files, Passphrases } from '../world.ts'

export interface ProtectKeyWorld {
  readonly files: Files
  readonly passphrases: Passphrases
}

const PRIVATE = 0o600

/**
 * Puts a passphrase on an identity file, as `age -p` does. What is written was opened again before, and is in the place of the old file at once.
 *
 * @throws SealwardError not-found, identity-invalid; usage for one that has a passphrase, or without a new one; locked, io
 */
export function protectKey(path: string, { files, passphrases }: ProtectKeyWorld): Promise<void> {
  return files.locked(path, async () => {
    const { text } = await readIdentityFile(path, { files })
    const passphrase = await passphrases.invent(path)
    const { openProtected, protect } = await import('../../core/age/passphrase.ts')
    const armored = await protect(text.reveal(), passphrase)
    if ((await openProtected(armored, async () => passphrase)) !== text.reveal())
      throw new SealwardError('internal', 'what was protected does not open as what it was; nothing was written')
    await files.write(path, Buffer.from(armored), { mode: PRIVATE, exists: 'replace' })
  })
}

/**
 * Takes the passphrase off an identity file.
 *
 * @throws SealwardError not-found, usage for one that has none, or what opening it throws
 */
export function unprotectKey(path: string, { files, passphrases }: ProtectKeyWorld): Promise<void> {
  return files.locked(path, async () => {
    const { text, isProtected } = await readIdentityFile(path, { files, passphrases })
    if (!isProtected) throw new SealwardError('usage', 'has no passphrase', { file: path })
    await files.write(path, Buffer.from(text.reveal()), { mode: PRIVATE, exists: 'replace' })
  })
}
