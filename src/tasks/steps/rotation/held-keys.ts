import { type Identity, parseIdentities, recipientOf } from '../../../core/age/identity.ts'
import { parseEncryptedFile } from '../../../core/envelope/file.ts'
import { searchDataKey } from '../../../core/envelope/keys/data-key.ts'
import { SealwardError } from '../../../core/errors.ts'
import type { Files, KeyPlace, Keys } from '../../world.ts'
import { IDENTITY_FILE_BYTES } from '../keys/new-key.ts'

/**
 * The identity of one recipient alone, as it is stored: what it opens can be opened by whoever has that file.
 *
 * @param elsewhere where it may be too, when it is not in the file any more
 * @returns null where it is nowhere
 */
export async function keyFor(
  recipient: string,
  { path, files, elsewhere }: { readonly path: string; readonly files: Pick<Files, 'read'>; readonly elsewhere?: Keys },
): Promise<Keys | null> {
  const bytes = await files.read(path, IDENTITY_FILE_BYTES)
  const own = bytes === null ? [] : [placeOf(path, new TextDecoder().decode(bytes))]
  for (const place of [...own, ...(elsewhere?.places() ?? [])])
    for (const { identity, recipient: text } of await identitiesIn(place))
      if (text === recipient) return { places: () => [placeOf(place.name, identity.secret.reveal())] }
  return null
}

/** The recipients of all identities at hand. */
export async function ownRecipients(keys: Keys): Promise<readonly string[]> {
  const found: string[] = []
  for (const place of keys.places()) found.push(...(await identitiesIn(place)).map(({ recipient }) => recipient))
  return [...new Set(found)]
}

/** The places of both, one after the other. */
export function joinKeys(first: Keys, second: Keys): Keys {
  return { places: () => [...first.places(), ...second.places()] }
}

/**
 * What has to open a new file: the new key alone, or where several key groups have to come together, the others beside it; those where no
 * new key has to.
 *
 * @throws SealwardError no-identity where the new key opens no group of the file
 */
export async function provingKeys(bytes: Uint8Array, proof: Keys | undefined, others: Keys): Promise<Keys> {
  if (proof === undefined) return others
  const { metadata } = parseEncryptedFile(bytes, { anyName: true })
  if (metadata.shares === null) return proof
  const search = await searchDataKey(metadata)
  for (const place of proof.places()) for (const { identity } of await identitiesIn(place)) await search.take(identity)
  if (search.opened() === 0) throw new SealwardError('no-identity', 'the new key opens no key group of the file')
  return joinKeys(proof, others)
}

async function identitiesIn(place: KeyPlace): Promise<{ identity: Identity; recipient: string }[]> {
  const found = await place.read()
  const { identities } = parseIdentities(found?.text ?? '')
  return Promise.all(identities.map(async (identity) => ({ identity, recipient: (await recipientOf(identity)).text })))
}

function placeOf(name: string, text: string): KeyPlace {
  return { name, read: async () => ({ text }) }
}
