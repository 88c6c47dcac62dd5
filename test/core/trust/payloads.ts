import { type RunFacts, readRunFacts } from '../../../src/core/trust/facts.ts'

/** Repositories as payloads have them. The fork has the same name under another owner, as forks do. */
export const OWN = { id: 1296269, full_name: 'octo-org/example', fork: false }
export const FORK = { id: 7777777, full_name: 'mallory/example', fork: true }

export const SHA = 'a1b2c3d4'.repeat(5)

const ENVIRONMENT = {
  GITHUB_REPOSITORY: 'octo-org/example',
  GITHUB_REPOSITORY_ID: '1296269',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_SHA: SHA,
  GITHUB_ACTOR: 'octocat',
}

/** The facts of a run whose payload is a value, bytes, or (null) not there. */
export function factsOf(
  event: string,
  payload: unknown = {},
  env: Readonly<Record<string, string | undefined>> = {},
): RunFacts {
  const bytes =
    payload === null || payload instanceof Uint8Array ? payload : new TextEncoder().encode(JSON.stringify(payload))
  return readRunFacts({ ...ENVIRONMENT, GITHUB_EVENT_NAME: event, ...env }, bytes)
}

/** The part of a pull request's payload that says whose it is. */
export function pullRequest(head: unknown, base: unknown = OWN) {
  return {
    action: 'synchronize',
    number: 7,
    pull_request: { head: { repo: head }, base: { repo: base } },
    repository: OWN,
  }
}

export function workflowRun(head: unknown, event: unknown = 'pull_request') {
  return { action: 'completed', workflow_run: { event, head_repository: head, repository: OWN }, repository: OWN }
}
