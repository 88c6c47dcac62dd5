import { at, type Json, parseJson, textOf } from '../trust/json.ts'

/** What an event's payload says of the repository. */
export interface EventRepository {
  /** Null when it does not say. */
  readonly visibility: 'public' | 'private' | null
  /** Whether the run is for the default branch; a run that does not say is not. */
  readonly isDefaultBranch: boolean
}

/**
 * @param payload the bytes at GITHUB_EVENT_PATH; null when they cannot be read
 * @param run a schedule starts runs of the default branch alone, and its payload may say nothing
 */
export function readEventRepository(
  payload: Uint8Array | null,
  run: { readonly event: string; readonly ref: string },
): EventRepository {
  const repository = at(parseJson(payload), 'repository')
  const branch = textOf(at(repository, 'default_branch'))
  return {
    visibility: visibilityOf(at(repository, 'private')),
    isDefaultBranch: run.event === 'schedule' || (branch !== null && run.ref === `refs/heads/${branch}`),
  }
}

/** @returns `check.yml` of GITHUB_WORKFLOW_REF, `octo-org/example/.github/workflows/check.yml@refs/heads/main`; null for what is not so */
export function workflowFileOf(workflowRef: string | undefined): string | null {
  return /\/\.github\/workflows\/([\w.-]{1,200}\.ya?ml)@/.exec(workflowRef ?? '')?.[1] ?? null
}

function visibilityOf(isPrivate: Json): 'public' | 'private' | null {
  if (isPrivate === true) return 'private'
  return isPrivate === false ? 'public' : null
}
