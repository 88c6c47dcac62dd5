import type { Identity } from '../../../core/age/identity.ts'
import { openedVersion, readVersion, type Version } from '../../../core/check/history/version.ts'
import { openFile, type Quotes } from '../../../core/envelope/decrypt.ts'
import type { EncryptedFile } from '../../../core/envelope/file.ts'
import { searchDataKey } from '../../../core/envelope/keys/data-key.ts'
import { nullIfOurs } from '../../../core/errors.ts'
import type { FileHistory } from '../../world/git/history.ts'

/** A content that is asked for. */
export interface WantedVersion {
  readonly id: string
  /** How quotes are read in it. */
  readonly quotes: Quotes
}

export interface VersionReader {
  /** Reads those that are not known yet, in their order. */
  read(wanted: readonly WantedVersion[]): Promise<void>
  /** The same for bytes that are at hand. */
  take(wanted: WantedVersion, bytes: Uint8Array): Promise<void>
  /** By id. A content that cannot be read is missing. Values are held in memory, and nowhere else. */
  readonly versions: ReadonlyMap<string, Version>
  readonly counts: VersionCounts
}

export interface VersionCounts {
  /** Encrypted contents that no identity opened, or that are not authentic: their lines are compared. */
  readonly sealed: number
  /** Contents that are not in this clone, or beyond what is read in one run. */
  readonly missing: number
}

/** Two thousand versions of a file of 100 KiB. */
const MOST_BYTES = 256 * 1024 * 1024

/** @param identities empty for nobody: nothing is opened then */
export function openVersionReader(history: Pick<FileHistory, 'read'>, identities: readonly Identity[]): VersionReader {
  const versions = new Map<string, Version>()
  const looked = new Set<string>()
  const counts = { sealed: 0, missing: 0 }
  const dataKeyOf = rememberDataKeys(identities)
  let bytesLeft = MOST_BYTES

  async function take({ id, quotes }: WantedVersion, bytes: Uint8Array): Promise<void> {
    looked.add(id)
    const read = readVersion(bytes)
    if (read === null) return
    const opened = read.file === null ? null : await tryOpen(read.file, quotes, dataKeyOf)
    if (read.file !== null && opened === null) counts.sealed += 1
    versions.set(id, opened ?? read.version)
  }

  async function read(wanted: readonly WantedVersion[]): Promise<void> {
    const fresh = new Map(wanted.filter(({ id }) => !looked.has(id)).map((one) => [one.id, one]))
    for await (const { name, bytes, size } of history.read([...fresh.keys()])) {
      looked.add(name)
      bytesLeft -= size
      if (bytes === null || bytes.length < size || bytesLeft < 0) counts.missing += 1
      else await take(fresh.get(name)!, bytes)
    }
  }

  return { read, take, versions, counts }
}

type DataKeyOf = (file: EncryptedFile) => Promise<Uint8Array | null>

async function tryOpen(file: EncryptedFile, quotes: Quotes, dataKeyOf: DataKeyOf): Promise<Version | null> {
  try {
    const dataKey = await dataKeyOf(file)
    return dataKey === null ? null : openedVersion(await openFile(file, dataKey, { quotes }))
  } catch (error) {
    return nullIfOurs(error)
  }
}

/** Most versions have the data key of the one before, wrapped as it was: each is unwrapped once. */
function rememberDataKeys(identities: readonly Identity[]): DataKeyOf {
  const known = new Map<string, Uint8Array | null>()
  return async ({ metadata: { wrappedKeys, shares } }) => {
    const same = wrappedKeys.find(({ armored }) => known.get(armored) instanceof Uint8Array)
    if (same !== undefined) return known.get(same.armored)!
    const fresh = wrappedKeys.filter(({ armored }) => !known.has(armored))
    let found: Uint8Array | null = null
    const search = await searchDataKey({ wrappedKeys: fresh, shares })
    for (const identity of fresh.length === 0 ? [] : identities) found ??= await search.take(identity)
    for (const { armored } of fresh) known.set(armored, found)
    return found
  }
}
