import { type Identity, parseIdentities, recipientOf } from '../../core/age/identity.ts'
import type { Recipient } from '../../core/age/recipient.ts'
import { SealwardError } from '../../core/errors.ts'
import { requireSplit, type Split } from '../../core/recovery/share.ts'
import { printShare } from '../../core/recovery/share-text.ts'
import { splitIdentity } from '../../core/recovery/split.ts'
import { Secret } from '../../core/secret.ts'
import type { Files, Keys } from '../world.ts'

export interface SplitOutcome {
  readonly recipient: Recipient
  /** Each share, as it is to be printed. */
  readonly texts: readonly Secret[]
  /** Where the shares were written, in their order; empty where they were not. */
  readonly files: readonly string[]
}

/** Text, and a few bytes of Bech32. */
const SHARE_FILE_BYTES = 64 * 1024
const PRIVATE = 0o600

/**
 * Splits the one identity at hand.
 *
 * @param folder where each share gets a file of its own; absent for none
 * @throws SealwardError usage for odd numbers, or several identities; no-identity for none; exists where a share would be written over: then
 *   none is written
 */
export async function splitKey(
  { folder, ...split }: Split & { readonly folder?: string },
  { keys, files }: { readonly keys: Keys; readonly files: Files },
): Promise<SplitOutcome> {
  requireSplit(split)
  const identity = await onlyIdentity(keys)
  const recipient = await recipientOf(identity)
  const shares = await splitIdentity(identity, split)
  const texts = shares.map((share) => new Secret(printShare(share, recipient)))
  if (folder === undefined) return { recipient, texts, files: [] }
  const paths = shares.map(({ number, of }) => `${folder}/share-${number}-of-${of}.txt`)
  await refuseExisting(paths, files)
  for (const [index, path] of paths.entries())
    await files.write(path, Buffer.from(texts[index]!.reveal()), { mode: PRIVATE, exists: 'refuse', folders: true })
  return { recipient, texts, files: paths }
}

async function onlyIdentity(keys: Keys): Promise<Identity> {
  for (const place of keys.places()) {
    const found = await place.read()
    const { identities } = parseIdentities(found?.text ?? '')
    if (identities.length > 1)
      throw new SealwardError('usage', `${place.name} holds several keys, and one is split at a time`, {
        hint: 'put the one into a file of its own, and name it with -i',
      })
    if (identities.length === 1) return identities[0]!
  }
  throw new SealwardError('no-identity', 'there is no key to split', { hint: 'name its file with -i' })
}

async function refuseExisting(paths: readonly string[], files: Files): Promise<void> {
  for (const path of paths)
    if ((await files.read(path, SHARE_FILE_BYTES)) !== null)
      throw new SealwardError('exists', 'is there already, and a share is never overwritten', {
        file: path,
        hint: 'name another folder with -o',
      })
}
