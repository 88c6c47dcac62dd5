import { type Head, type Repository, readPayload } from './payload.ts'

/** The largest payload that is read. GitHub sends 25 MiB at most. @public */
export const PAYLOAD_BYTES = 32 * 1024 * 1024

/** What is known of a workflow run, read once. Everything in it comes from the runner; nothing from the workspace. */
export interface RunFacts {
  /** `push`, `pull_request`, ...; empty when the environment does not say. */
  readonly event: string
  /** The full ref, `refs/heads/main`; empty when the environment does not say. */
  readonly ref: string
  /** The commit of the run (GITHUB_SHA). For a pull request it is the merge of its head into its base. */
  readonly sha: string | null
  readonly repository: Repository
  readonly actor: string
  readonly head: Head
  /** For `workflow_run`: the event of the run before. */
  readonly cause: string | null
  readonly environment: JobEnvironment
}

/** The GitHub environment of the job. No variable holds it: only the claims of an OIDC token do. */
export type JobEnvironment =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'none' }
  | { readonly kind: 'named'; readonly name: string }

type Environment = Readonly<Record<string, string | undefined>>

const EVENT = /^[a-z][a-z_]{0,63}$/
const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/
const REF = /^refs\/[^\0-\x20\x7f]{1,1024}$/
const ID = /^[1-9][0-9]{0,15}$/
const FULL_NAME = /^[A-Za-z0-9_-]{1,100}\/[A-Za-z0-9._-]{1,100}$/

/**
 * Gathers the facts from the runner's variables and the event's payload. What does not look as GitHub writes it counts as not said.
 *
 * @param payload the bytes at GITHUB_EVENT_PATH, `PAYLOAD_BYTES` at most; null when they could not be read, or `needsPayload` says that
 * nobody looks at them
 */
export function readRunFacts(env: Environment, payload: Uint8Array | null): RunFacts {
  const event = accept(EVENT, env.GITHUB_EVENT_NAME) ?? ''
  const repository = { id: accept(ID, env.GITHUB_REPOSITORY_ID), name: accept(FULL_NAME, env.GITHUB_REPOSITORY) }
  return {
    event,
    ref: accept(REF, env.GITHUB_REF) ?? '',
    sha: accept(COMMIT, env.GITHUB_SHA),
    repository,
    actor: env.GITHUB_ACTOR ?? '',
    ...readPayload(event, payload, repository),
    environment: { kind: 'unknown' },
  }
}

function accept(form: RegExp, text: string | undefined): string | null {
  return text !== undefined && form.test(text) ? text : null
}
