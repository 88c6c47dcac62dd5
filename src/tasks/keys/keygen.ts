import { recipientOf } from '../../core/age/identity.ts'
import type { Recipient, RecipientKind } from '../../core/age/recipient.ts'
import type { Secret } from '../../core/secret.ts'
import { readIdentityFile } from '../steps/keys/identity-file.ts'
import { makeKey, withPassphrase, writeKey } from '../steps/keys/new-key.ts'
import type { Clock, Files, Passphrases } from '../world.ts'

export interface KeygenOutcome {
  readonly recipient: Recipient
  /** The identity file; absent when it was written to `output`. */
  readonly text?: Secret
}

/**
 * Makes a new identity, in age-keygen's form.
 *
 * @throws SealwardError exists when `output` is there: a key is never overwritten; usage without a passphrase where one is asked for
 */
export async function keygen(
  request: { readonly kind: RecipientKind; readonly output?: string; readonly passphrase?: boolean },
  world: { readonly files: Files; readonly clock: Clock; readonly passphrases: Passphrases },
): Promise<KeygenOutcome> {
  const made = await makeKey(request.kind, world.clock.now())
  const key = request.passphrase ? await withPassphrase(made, request.output ?? 'the key', world) : made
  const { recipient, text } = key
  if (request.output === undefined) return { recipient, text }
  await writeKey(request.output, key, world.files)
  return { recipient }
}

/**
 * The recipients of the identities in a file.
 *
 * @throws SealwardError not-found or identity-invalid
 */
export async function recipientsOfFile(
  path: string,
  world: { readonly files: Files; readonly passphrases: Passphrases },
): Promise<Recipient[]> {
  const { identities } = await readIdentityFile(path, world)
  return Promise.all(identities.map(recipientOf))
}
