import { RECORD_BYTES, RECORD_FILES } from '../../core/credential/record/place.ts'
import { readPlainRecord } from '../../core/credential/record/read-record.ts'
import type { PlainRecord } from '../../core/credential/record/record.ts'
import type { Files, Finder } from '../world.ts'

export interface RecordsWorld {
  readonly files: Pick<Files, 'read'>
  /** Finds below the top. */
  readonly finder: Finder
  readonly top: string
}

/**
 * What the working tree has written down of rotations of credentials, by name. Needs no key.
 *
 * @throws SealwardError malformed for a record that cannot be read
 */
export async function listRecords({ files, finder, top }: RecordsWorld): Promise<readonly PlainRecord[]> {
  const records: PlainRecord[] = []
  for (const path of await finder.find([RECORD_FILES])) {
    const bytes = await files.read(`${top}/${path}`, RECORD_BYTES)
    if (bytes !== null) records.push(readPlainRecord(bytes, path))
  }
  return records
}
