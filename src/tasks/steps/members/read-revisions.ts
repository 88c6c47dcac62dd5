import type { CheckNote } from '../../../core/check/judged.ts'
import { type Revision, revisionsOf } from '../../../core/members/revisions.ts'
import { amount } from '../../../core/report/amount.ts'
import type { FileHistory, PastNames } from '../../world/git/history.ts'
import { type AgedFile, followAll, withWorkingTree } from '../ages/value-age.ts'
import { openVersionReader } from '../ages/version-reader.ts'

export interface RevisionsRequest {
  /** Those of today, as they are on disk. */
  readonly files: readonly Pick<AgedFile, 'path' | 'bytes'>[]
  readonly now: Date
}

export interface ReadRevisions {
  readonly revisions: readonly Revision[]
  readonly notes: readonly CheckNote[]
}

/**
 * Reads every version that encrypted files ever had, also those that are gone today, and what is on disk. No key is used: who can open one
 * is written in it.
 */
export async function readRevisions(
  { files, now }: RevisionsRequest,
  { history, past }: { readonly history: FileHistory; readonly past: PastNames },
): Promise<ReadRevisions> {
  const notes: CheckNote[] = []
  const reader = openVersionReader(history, [])
  const today = files.map((file) => ({ ...file, quotes: 'literal' as const }))
  const gone = (await past.list()).filter((path) => !files.some((file) => file.path === path))
  const asked = [...today, ...gone.map((path) => ({ path, quotes: 'literal' as const }))]
  const followed = await followAll(asked, { history, reader, notes })
  const commits = await withWorkingTree(today, { history: followed.history, reader, now })
  if (followed.history?.isShallow)
    notes.push({ message: 'this is a shallow clone: who could open what before is not known' })
  if (reader.counts.missing > 0)
    notes.push({ message: `not in this clone, or too much for one run: ${amount(reader.counts.missing, 'version')}` })
  return { revisions: revisionsOf({ commits, versions: reader.versions, origins: followed.origins }, now), notes }
}
