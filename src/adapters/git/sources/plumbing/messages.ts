import type { ScanStep } from '../../../../tasks/world-scan.ts'
import { listObjects } from './listed-objects.ts'
import { askRevisions, type Revisions } from './revisions.ts'

/** The names that messages go by. They are no paths of files, and the same for every commit, so that a rebase changes nothing. */
export const COMMIT_MESSAGE = '(commit message)'
export const TAG_MESSAGE = '(tag message)'

/** The commits and annotated tags of `revisions`, newest first. */
export async function* listMessages(revisions: Revisions): AsyncGenerator<ScanStep> {
  for await (const id of askRevisions([], revisions))
    yield { kind: 'place', path: COMMIT_MESSAGE, id, origin: { commit: id } }
  for await (const { id, name } of listObjects('tag', revisions))
    yield { kind: 'place', path: TAG_MESSAGE, id, origin: { commit: name || id } }
}
