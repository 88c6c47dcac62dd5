import { parseIdentities, recipientOf } from '../core/age/identity.ts'
import type { Recipient, RecipientKind } from '../core/age/recipient.ts'
import { SealwardError } from '../core/errors.ts'
import type { Secret } from '../core/secret.ts'
import { IDENTITY_FILE_BYTES, makeKey, writeKey } from './steps/keys/new-key.ts'
import type { Clock, Files } from './world.ts'

export interface KeygenOutcome {
  readonly recipient: Recipient
  /** The identity file; absent when it was written to `output`. */
  readonly text?: Secret
}

/**
 * Makes a new identity, in age-keygen's form.
 *
 * @throws SealwardError exists when `output` is there: a key is never overwritten
 */
export async function keygen(
  request: { readonly kind: RecipientKind; readonly output?: string },
  world: { readonly files: Files; readonly clock: Clock },
): Promise<KeygenOutcome> {
  const key = await makeKey(request.kind, world.clock.now())
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
export async function recipientsOfFile(path: string, world: { readonly files: Files }): Promise<Recipient[]> {
  const bytes = await world.files.read(path, IDENTITY_FILE_BYTES)
  if (bytes === null) throw new SealwardError('not-found', 'no such file', { file: path })
  const { identities, skipped } = parseIdentities(new TextDecoder().decode(bytes))
  if (identities.length === 0)
    throw new SealwardError(
      'identity-invalid',
      `holds no age identity${skipped.length === 0 ? '' : ` (${skipped.join('; ')})`}`,
      { file: path },
    )
  return Promise.all(identities.map(recipientOf))
}
