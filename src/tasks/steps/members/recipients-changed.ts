import type { LedgerEvent } from '../../../core/ledger/event.ts'
import { fingerprintOf } from '../../../core/ledger/marks.ts'
import type { ChangeOfMembers } from './carry-out.ts'
import type { ListedToDo } from './left-behind.ts'
import type { Rewrapping } from './rewrap-files.ts'

/** What became of files that were put in step with a sealward.yml. */
export interface SyncOutcome {
  readonly files: readonly Rewrapping[]
  /** What is to be rotated now, for each who loses a file. */
  readonly toDos: readonly ListedToDo[]
  /** What is not known, because history is not here. */
  readonly notes: readonly string[]
  /** What is to be committed; empty where nothing was written. */
  readonly written: readonly string[]
}

/** What the ledger says of files that are for others now; nothing where none is. */
export function recipientsChanged(files: readonly Rewrapping[], reason: string | undefined): ChangeOfMembers['events'] {
  const marksOf = (of: (file: Rewrapping) => readonly string[]) => [...new Set(files.flatMap(of))].map(fingerprintOf)
  const said = reason === undefined ? {} : { reason }
  const added = marksOf((file) => file.added)
  const removed = marksOf((file) => file.removed)
  return (marks): readonly LedgerEvent[] =>
    marks.length === 0 ? [] : [{ kind: 'recipients-changed', files: marks, added, removed, ...said }]
}
