import { parseRecipient } from '../../../core/age/recipient.ts'
import { printEncryptedFile } from '../../../core/envelope/file.ts'
import { replaceKey } from '../../../core/envelope/rewrap.ts'
import { SealwardError } from '../../../core/errors.ts'
import { markOfDataKey } from '../../../core/ledger/marks.ts'
import { requireSameValues } from '../../../core/rotation/same-values.ts'
import type { Clock } from '../../world.ts'
import { type UnlockWorld, unlockBytes } from '../keys/unlock.ts'

export type Opener = Omit<UnlockWorld, 'files'>

export interface Resealing {
  /** What errors call it. */
  readonly path: string
  readonly bytes: Uint8Array
  /** Whom the new data key is for, given whom the old one was for. */
  readonly recipients: (before: readonly string[]) => readonly string[]
  /** Keys that have to open the new file; without them those that opened the old one. */
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
 * Encrypts a file anew under a new data key, opens what came of it, and holds every value against what it was.
 *
 * @throws SealwardError no-identity, unsupported for recipients that are no age ones, recipient-invalid, internal, or what opening throws
 */
export async function reseal(
  { path, bytes, recipients, proof }: Resealing,
  world: Opener & { readonly clock: Clock },
): Promise<Resealed> {
  try {
    const opened = await unlockBytes(bytes, { ...AS_STORED, path }, world)
    const wanted = recipients(opened.file.metadata.wrappedKeys.map(({ recipient }) => recipient))
    const change = { recipients: [...new Set(wanted)].map(parseRecipient), now: world.clock.now() }
    const after = printEncryptedFile(await replaceKey(opened, opened.document, change))
    const again = await unlockBytes(
      after,
      { ...AS_STORED, path },
      proof === undefined ? world : { ...world, keys: proof },
    )
    requireSameValues(opened, again)
    return { after, mark: markOfDataKey(again.dataKey) }
  } catch (error) {
    throw error instanceof SealwardError ? error.in(path) : error
  }
}
