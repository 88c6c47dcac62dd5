import { generateIdentity, printIdentityFile, recipientOf } from '../../../core/age/identity.ts'
import type { Recipient, RecipientKind } from '../../../core/age/recipient.ts'
import { Secret } from '../../../core/secret.ts'
import type { Files, Passphrases } from '../../world.ts'

export const IDENTITY_FILE_BYTES = 1024 * 1024
const PRIVATE = 0o600

/** A new identity, as its file has it, not written yet. */
export interface NewKey {
  readonly recipient: Recipient
  readonly text: Secret
}

export async function makeKey(kind: RecipientKind, now: Date): Promise<NewKey> {
  const identity = await generateIdentity(kind)
  const recipient = await recipientOf(identity)
  return { recipient, text: new Secret(printIdentityFile(identity, recipient, now)) }
}

/**
 * The same key, in a file that a new passphrase opens.
 *
 * @throws SealwardError usage where there is none
 */
export async function withPassphrase(
  key: NewKey,
  what: string,
  { passphrases }: { readonly passphrases: Passphrases },
): Promise<NewKey> {
  const passphrase = await passphrases.invent(what)
  const { protect } = await import('../../../core/age/passphrase.ts')
  return { ...key, text: new Secret(await protect(key.text.reveal(), passphrase)) }
}

/** @throws SealwardError exists: a key is never overwritten */
export function writeKey(path: string, { text }: NewKey, files: Files): Promise<void> {
  const how = { mode: PRIVATE, exists: 'refuse', folders: true } as const
  return files.write(path, Buffer.from(text.reveal(), 'utf8'), how)
}
