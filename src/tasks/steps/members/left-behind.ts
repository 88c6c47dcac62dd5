import { readableWith } from '../../../core/members/access.ts'
import type { ToDo } from '../../../core/members/to-do.ts'
import type { FileHistory, PastNames } from '../../world/history.ts'
import type { Clock } from '../../world.ts'
import type { PolicyFile } from './policy-files.ts'
import { readRevisions } from './read-revisions.ts'

export interface LeftBehindWorld {
  readonly history: FileHistory
  readonly past: PastNames
  readonly clock: Clock
}

/** Who leaves: their name, and every key that they ever had under it. */
export interface Leaver {
  readonly name: string
  readonly keys: ReadonlySet<string>
}

/**
 * Lists every secret that somebody could read, in any version that one of their keys ever opened.
 *
 * @param files as they are before anything changes
 */
export async function whatTheyRead(
  { name, keys }: Leaver,
  files: readonly PolicyFile[],
  world: LeftBehindWorld,
): Promise<{ readonly toDo: ToDo; readonly notes: readonly string[] }> {
  const now = world.clock.now()
  const { revisions, notes } = await readRevisions({ files, now }, world)
  const secrets = readableWith(keys, revisions).map(({ until, ...secret }) => ({ ...secret, until: until ?? now }))
  return { toDo: { member: name, removed: now, secrets }, notes: notes.map(({ message }) => message) }
}
