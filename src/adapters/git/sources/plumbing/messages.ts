import type { Origin } from '../../../../core/finding.ts'
import { COMMIT_MESSAGE, TAG_MESSAGE } from '../../../../core/message/names.ts'
import type { ScanStep } from '../../../../tasks/world/scan/source.ts'
import { dateOf, type WalkedCommit } from './commits.ts'
import { listObjects } from './listed-objects.ts'
import { askRevisions, type Revisions } from './revisions.ts'

/** What a report says of where a commit's finding comes from. */
export type OriginOf = (commit: Pick<WalkedCommit, 'id' | 'date'>) => Origin

/** The commits and annotated tags of `revisions`, newest first. */
export async function* listMessages(revisions: Revisions, originOf: OriginOf): AsyncGenerator<ScanStep> {
  for await (const line of askRevisions(['--timestamp'], revisions)) {
    const [seconds = '', id = ''] = line.split(' ')
    yield { kind: 'place', path: COMMIT_MESSAGE, id, origin: originOf({ id, date: dateOf(seconds) }) }
  }
  for await (const { id, name } of listObjects('tag', revisions))
    yield { kind: 'place', path: TAG_MESSAGE, id, origin: { commit: name || id } }
}
