import { credentialAt } from '../../../core/credential/record/place.ts'
import { readableWith } from '../../../core/members/access.ts'
import { printToDo, type ToDo, toDoPath } from '../../../core/members/to-do.ts'
import type { FileWrite } from '../../../core/writes/journal.ts'
import type { FileHistory, PastNames } from '../../world/git/history.ts'
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
  /** What they leave, where they stay with others; absent for everything. */
  readonly files?: ReadonlySet<string>
}

/** A list of what is to be rotated because somebody left, and where it goes. */
export interface ListedToDo {
  readonly path: string
  readonly toDo: ToDo
}

export interface LeftBehind {
  /** One for each who could read something. */
  readonly lists: readonly ListedToDo[]
  readonly notes: readonly string[]
}

/**
 * Lists every secret that people could read, in any version that one of their keys ever opened.
 *
 * @param files as they are before anything changes
 */
export async function whatTheyRead(
  leavers: readonly Leaver[],
  files: readonly PolicyFile[],
  world: LeftBehindWorld,
): Promise<LeftBehind> {
  if (leavers.length === 0) return { lists: [], notes: [] }
  const now = world.clock.now()
  const { revisions, notes } = await readRevisions({ files, now }, world)
  const lists = leavers.flatMap(({ name, keys, files: left }): ListedToDo[] => {
    const read = readableWith(keys, revisions).filter((one) => isSecret(one) && (left?.has(one.file) ?? true))
    const toDo = { member: name, removed: now, secrets: read.map((one) => ({ ...one, until: one.until ?? now })) }
    return read.length === 0 ? [] : [{ path: toDoPath(toDo), toDo }]
  })
  return { lists, notes: notes.map(({ message }) => message) }
}

/** Of what a rotation wrote down, the login that is to come: all else in it is in the file of the credential, or ends by itself. */
function isSecret({ file, name }: { readonly file: string; readonly name: string }): boolean {
  return credentialAt(file) === null || name === 'PENDING'
}

/** The lists as files that are new. */
export function toDoWrites(lists: readonly ListedToDo[]): FileWrite[] {
  return lists.map(({ path, toDo }) => ({ path, before: null, after: printToDo(toDo) }))
}
