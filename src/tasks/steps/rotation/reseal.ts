import { type OpenedFile, openFile } from '../../../core/envelope/decrypt.ts'
import { parseEncryptedFile, printEncryptedFile } from '../../../core/envelope/file.ts'
import { isOneGroup, type KeyGroups, readersOf } from '../../../core/envelope/keys/key-groups.ts'
import { replaceKey } from '../../../core/envelope/keys/rewrap.ts'
import { keyGroupsOf } from '../../../core/envelope/text/metadata.ts'
import { SealwardError } from '../../../core/errors.ts'
import { markOfDataKey } from '../../../core/ledger/marks.ts'
import { requireSameValues } from '../../../core/rotation/same-values.ts'
import type { Clock } from '../../world.ts'
import { type UnlockWorld, unlockBytes } from '../keys/unlock.ts'
import { provingKeys } from './held-keys.ts'

export type Opener = Omit<UnlockWorld, 'files'>

export interface Resealing {
  /** What errors call it. */
  readonly path: string
  readonly bytes: Uint8Array
  /** Whom the new data key is for, given whom the old one was for. */
  readonly keyGroups: (before: KeyGroups) => KeyGroups
  /** Keys that have to open the new file, together with others where it has several groups; without them those that opened the old one. */
  readonly proof?: Opener['keys']
}

export interface Resealed {
  readonly after: Uint8Array
  /** The mark of its data key, for the ledger. */
  readonly mark: string
}

/** As they are stored: what quotes in a value mean is for readers, and is not to change here. */
const AS_STORED = { quotes: 'literal', anyName: true } as const

/**
 * Encrypts a file anew under a new data key, opens what came of it, and holds every value against what it was. Nobody may have enough of
 * several key groups at hand: without a proof that is asked for, such a file is opened with the data key that was drawn.
 *
 * @throws SealwardError no-identity, unsupported for recipients that are no age ones, recipient-invalid, internal, or what opening throws
 */
export async function reseal(
  { path, bytes, keyGroups, proof }: Resealing,
  world: Opener & { readonly clock: Clock },
): Promise<Resealed> {
  try {
    const opened = await unlockBytes(bytes, { ...AS_STORED, path }, world)
    const wanted = keyGroups(keyGroupsOf(opened.file.metadata))
    const change = { ...readersOf(wanted), now: world.clock.now() }
    const made = await replaceKey(opened, opened.document, change)
    const after = printEncryptedFile(made.file)
    const again =
      proof === undefined && !isOneGroup(wanted)
        ? await openFile(parseEncryptedFile(after, AS_STORED), made.dataKey, AS_STORED)
        : await proven(after, path, { ...world, keys: await provingKeys(after, proof, world.keys) })
    requireSameValues(opened, again)
    return { after, mark: markOfDataKey(again.dataKey) }
  } catch (error) {
    throw error instanceof SealwardError ? error.in(path) : error
  }
}

/** A command shuts out nobody who runs it: what comes of it is opened before anything is written. */
async function proven(after: Uint8Array, path: string, world: Opener): Promise<OpenedFile> {
  try {
    return await unlockBytes(after, { ...AS_STORED, path }, world)
  } catch (error) {
    if (!(error instanceof SealwardError) || error.code !== 'no-identity') throw error
    throw new SealwardError(
      'no-identity',
      'no identity at hand would open the file after this, so nothing was changed',
      {
        hint: 'whoever can open it afterwards has to do this: give their key with -i FILE, or have them run it',
      },
    )
  }
}
