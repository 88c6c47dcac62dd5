import { type Identity, parseIdentities } from '../../../core/age/identity.ts'
import { type OpenedFile, openFile, type Quotes } from '../../../core/envelope/decrypt.ts'
import { type EncryptedFile, parseEncryptedFile } from '../../../core/envelope/file.ts'
import { searchDataKey } from '../../../core/envelope/keys/data-key.ts'
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
  const search = await searchDataKey(file.metadata)
  for (const place of world.keys.places()) {
    const { identities, skipped } = await readPlace(place, world.teller)
    const before = search.opened()
    for (const identity of identities ?? []) {
      const dataKey = await search.take(identity)
      if (dataKey !== null) return dataKey
    }
    const what = file.metadata.shares === null ? STRANGER : opensGroups(search.opened() - before)
    looked.push(`${place.name}: ${remarkOn({ identities, skipped }, what)}`)
  }
  throw noIdentity(file, { looked, opened: search.opened() })
}

/** @property identities null where nothing is there */
interface ReadPlace {
  readonly identities: readonly Identity[] | null
  readonly skipped: readonly string[]
}

async function readPlace(place: KeyPlace, teller: Teller): Promise<ReadPlace> {
  const found = await place.read()
  if (found === null) return { identities: null, skipped: [] }
  if (found.warning !== undefined) teller.warn(`${place.name}: ${found.warning}`)
  return parseIdentities(found.text)
}

const STRANGER = 'not among the recipients'

/** Of a group that is open already nobody is asked. */
function opensGroups(opened: number): string {
  return opened === 0 ? 'opens no other key group' : `opens ${amount(opened, 'key group')}`
}

/** @param what its identities are to the file */
function remarkOn({ identities, skipped }: ReadPlace, what: string): string {
  if (identities === null) return 'nothing there'
  const count = `${identities.length} ${identities.length === 1 ? 'identity' : 'identities'}`
  return [...(identities.length === 0 ? [] : [`${count}, ${what}`]), ...skipped].join('; ') || 'empty'
}

function noIdentity(
  { metadata }: Pick<EncryptedFile, 'metadata'>,
  { looked, opened }: { readonly looked: readonly string[]; readonly opened: number },
): SealwardError {
  const { wrappedKeys, foreign, shares } = metadata
  if (shares !== null)
    return new SealwardError(
      'no-identity',
      `not enough key groups are open: ${opened} of the ${shares.threshold} that are needed, of ${shares.groups.length}`,
      {
        hint: [
          'looked at',
          ...looked.map((place) => `  ${place}`),
          'bring identities of several groups together: -i FILE may stand several times, and SEALWARD_KEY may hold several',
        ].join('\n'),
      },
    )
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
