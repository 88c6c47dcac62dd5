import { type ErrorCode, SealwardError } from '../../../core/errors.ts'
import type { LedgerEvent } from '../../../core/ledger/event.ts'
import type { Ledger } from '../../world/ledger.ts'
import type { Teller } from '../../world.ts'

/** For commands that read: a ledger is absent where nobody keeps one. */
export interface ReadingWorld {
  readonly ledger?: Ledger
  readonly teller: Teller
}

/** A key that is none of the file's, and everything that shows when somebody altered it. What is not there, or not understood, is neither. */
export const OPEN_FAILURES: readonly ErrorCode[] = [
  'no-identity',
  'value-not-authentic',
  'mac-mismatch',
  'plaintext-value',
]

/**
 * Writes down that files were read, where sealward.yml asks for it. A change that cannot be written down is not done; a read is, because
 * somebody may need the value just when nothing can be written. A warning says so.
 */
export async function recordRead(
  { kind = 'decrypted', files, names }: Read,
  { ledger, teller }: ReadingWorld,
): Promise<void> {
  if (ledger === undefined || files.length === 0) return
  await appendOrWarn({ kind, files: files.map((path) => ({ path })), names }, { ledger, teller })
}

/** What was read. */
export interface Read {
  readonly kind?: 'decrypted' | 'listed'
  /** As the command has them. */
  readonly files: readonly string[]
  readonly names: readonly string[]
}

/**
 * Opens something, and writes down that it could not be opened: `check` reports that.
 *
 * @param file which one, where the error does not say it
 * @throws whatever `open` throws
 */
export async function watchOpening<Opened>(
  file: string,
  { ledger, teller }: ReadingWorld,
  open: () => Promise<Opened>,
): Promise<Opened> {
  try {
    return await open()
  } catch (error) {
    if (ledger !== undefined && error instanceof SealwardError && OPEN_FAILURES.includes(error.code)) {
      const event = { kind: 'open-failed' as const, files: [{ path: error.file ?? file }], code: error.code }
      await appendOrWarn(event, { ledger, teller })
    }
    throw error
  }
}

async function appendOrWarn(event: LedgerEvent, { ledger, teller }: Required<ReadingWorld>): Promise<void> {
  try {
    await ledger.append(event)
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    teller.warn(`the ledger does not have this ${event.kind === 'open-failed' ? 'failure' : 'read'}: ${error.message}`)
  }
}
