import { type Identity, parseIdentities } from '../../../core/age/identity.ts'
import { unwrapWith } from '../../../core/envelope/data-key.ts'
import { type OpenedFile, openFile, type Quotes } from '../../../core/envelope/decrypt.ts'
import { type EncryptedFile, parseEncryptedFile } from '../../../core/envelope/file.ts'
import { FILE_BYTES } from '../../../core/envelope/limits.ts'
import { SealwardError } from '../../../core/errors.ts'
import { amount } from '../../../core/report/amount.ts'
import type { Configs, Files, KeyPlace, Keys, Teller } from '../../world.ts'
import { settleQuotes } from '../quotes.ts'

export interface UnlockWorld {
  readonly files: Files
  readonly configs: Configs
  readonly keys: Keys
  readonly teller: Teller
}

export interface Reading {
  /** Absent: as sealward.yml says, else `literal`. */
  readonly quotes?: Quotes
  readonly anyName?: boolean
}

/**
 * Reads an encrypted file and opens it with the first identity that fits.
 *
 * @throws SealwardError not-found, no-identity, or any of docs/format.md section 10, with the file's name
 */
export async function unlockPath(path: string, reading: Reading, world: UnlockWorld): Promise<OpenedFile> {
  const bytes = await world.files.read(path, FILE_BYTES)
  if (bytes === null)
    throw new SealwardError('not-found', 'no such file', {
      file: path,
      hint: '`sealward encrypt .env` makes .env.encrypted; a workflow has to check it out first',
    })
  return unlockBytes(bytes, { ...reading, path }, world)
}

/** The same for bytes that are already at hand. */
export async function unlockBytes(
  bytes: Uint8Array,
  reading: Reading & { readonly path: string },
  world: Omit<UnlockWorld, 'files'>,
): Promise<OpenedFile> {
  try {
    const file = parseEncryptedFile(bytes, reading)
    const quotes = reading.quotes ?? (await settleQuotes(reading.path, world.configs))
    return await openFile(file, await findDataKey(file, world), { quotes })
  } catch (error) {
    throw error instanceof SealwardError ? error.in(reading.path) : error
  }
}

/**
 * Tries the places in order, each read only when those before it did not help.
 *
 * @throws SealwardError no-identity, naming the places
 */
export async function findDataKey(
  file: Pick<EncryptedFile, 'metadata'>,
  world: Pick<UnlockWorld, 'keys' | 'teller'>,
): Promise<Uint8Array> {
  const looked: string[] = []
  for (const place of world.keys.places()) {
    const { identities, remark } = await readPlace(place, world.teller)
    looked.push(`${place.name}: ${remark}`)
    for (const identity of identities) {
      const dataKey = await unwrapWith(file.metadata.wrappedKeys, identity)
      if (dataKey !== null) return dataKey
    }
  }
  throw noIdentity(file, looked)
}

async function readPlace(
  place: KeyPlace,
  teller: Teller,
): Promise<{ identities: readonly Identity[]; remark: string }> {
  const found = await place.read()
  if (found === null) return { identities: [], remark: 'nothing there' }
  if (found.warning !== undefined) teller.warn(`${place.name}: ${found.warning}`)
  const { identities, skipped } = parseIdentities(found.text)
  const opened =
    identities.length === 0
      ? []
      : [`${identities.length} ${identities.length === 1 ? 'identity' : 'identities'}, not among the recipients`]
  return { identities, remark: [...opened, ...skipped].join('; ') || 'empty' }
}

function noIdentity(file: Pick<EncryptedFile, 'metadata'>, looked: readonly string[]): SealwardError {
  const { wrappedKeys, foreign } = file.metadata
  const others = foreign.length === 0 ? '' : ` (it is also encrypted to ${foreign.join(', ')}, which sops can open)`
  const recipients = `${amount(wrappedKeys.length, 'age recipient')}`
  return new SealwardError(
    'no-identity',
    `no identity at hand opens the file: it is encrypted to ${recipients}${others}`,
    {
      hint: [
        'looked at',
        ...looked.map((place) => `  ${place}`),
        'give one with -i FILE or SEALWARD_KEY (in a workflow, with the input key), or ask a recipient to add you',
      ].join('\n'),
    },
  )
}
