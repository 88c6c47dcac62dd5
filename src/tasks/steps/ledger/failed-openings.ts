import { judgeOpenFailures } from '../../../core/check/repository/open-failures.ts'
import { isEntry } from '../../../core/ledger/entry.ts'
import { LEDGER_BYTES, LEDGER_FILE, readLedger } from '../../../core/ledger/ledger-file.ts'
import type { Files } from '../../world.ts'
import type { Found, Looked } from '../check/looked.ts'

/**
 * Judges what the ledger has of openings that failed. What is wrong with the ledger itself is for `audit verify`: here its entries are
 * taken as they are, and an archive is not asked.
 */
export async function judgeFailedOpenings(
  { files: sealed, isPartial, now }: Looked,
  { files }: { readonly files: Pick<Files, 'read'> },
): Promise<Found> {
  const bytes = await files.read(LEDGER_FILE, LEDGER_BYTES)
  // Most entries are about something else, and reading 100,000 of them takes a second.
  if (bytes === null || !Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes('"open-failed"'))
    return { judged: [], notes: [] }
  const entries = readLedger(bytes).flatMap(({ read }) => (isEntry(read) ? [read] : []))
  const environments = new Map(sealed.map((file) => [file.path, file.environment]))
  const judged = judgeOpenFailures({ entries, environmentOf: (file) => environments.get(file) ?? null, now })
  return { judged: isPartial ? judged.filter(({ name }) => environments.has(name)) : judged, notes: [] }
}
