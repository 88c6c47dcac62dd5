import { type EventKind, kindOf } from './events.ts'
import { at, type Json, parseJson, textOf } from './json.ts'

/**
 * Whose commit an event is about: nobody's in particular, one of this repository, one of another, one of a repository that was deleted
 * since. `unreadable` when the payload should say so and does not.
 */
export type Head = 'none' | 'same' | 'other' | 'deleted' | 'unreadable'

/** What a payload says. */
export interface PayloadFacts {
  readonly head: Head
  /** For `workflow_run`: the event of the run before. Else null. */
  readonly cause: string | null
}

/** A repository by what is known of it. The id stays when the name changes; the name can be taken by another. */
export interface Repository {
  readonly id: string | null
  readonly name: string | null
}

/** Whether a payload is looked at; those of other events say nothing that counts here. */
export function needsPayload(event: string): boolean {
  return kindOf(event) !== 'writers' && kindOf(event) !== 'open'
}

/**
 * Reads what an event's payload says of the head. Whatever is not as GitHub writes it is `unreadable`, never "same".
 *
 * @param bytes the file at GITHUB_EVENT_PATH; null when it is not there, cannot be read or is too large
 * @param own this repository, as the environment has it
 */
export function readPayload(event: string, bytes: Uint8Array | null, own: Repository): PayloadFacts {
  const kind = kindOf(event)
  if (kind === 'writers' || kind === 'open') return { head: 'none', cause: null }
  const payload = parseJson(bytes)
  const { head, base } = repositoriesOf(payload, kind)
  const cause = kind === 'workflow-run' ? textOf(at(payload, 'workflow_run', 'event')) : null
  const here = readRepository(base)
  // Of another repository than the run: not this run's payload.
  if (here.name !== null && own.name !== null && !isSameName(here.name, own.name)) return { head: 'unreadable', cause }
  if (head === null) return { head: 'deleted', cause }
  return { head: compare(readRepository(head), { id: here.id ?? own.id, name: here.name ?? own.name }), cause }
}

function repositoriesOf(payload: Json, kind: EventKind): { readonly head: Json; readonly base: Json } {
  if (kind === 'workflow-run')
    return { head: at(payload, 'workflow_run', 'head_repository'), base: at(payload, 'workflow_run', 'repository') }
  return { head: at(payload, 'pull_request', 'head', 'repo'), base: at(payload, 'pull_request', 'base', 'repo') }
}

/** The `fork` flag is no help: in a repository that is a fork itself, its own branches carry it too. */
function compare(head: Repository, own: Repository): Head {
  if (head.id !== null && own.id !== null) return head.id === own.id ? 'same' : 'other'
  if (head.name !== null && own.name !== null) return isSameName(head.name, own.name) ? 'same' : 'other'
  return 'unreadable'
}

/** Letter case does not count in GitHub's names. */
function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

function readRepository(value: Json): Repository {
  const id = at(value, 'id')
  return { id: Number.isSafeInteger(id) ? String(id) : null, name: textOf(at(value, 'full_name')) }
}
