/** Events about a pull request: the payload names the repository that its head is in. */
const PULL_REQUEST = ['pull_request', 'pull_request_review', 'pull_request_review_comment'] as const

/** The same payload, but the run has the base repository's secrets and a token that may write. */
const PULL_REQUEST_TARGET = 'pull_request_target'

/** Runs after another workflow, with secrets, whoever's commit that one was for. */
const WORKFLOW_RUN = 'workflow_run'

/**
 * Events that only people who may write to the repository cause, or GitHub itself at their wish. A merge queue belongs here: what is in
 * it was put there by somebody who may merge.
 */
const WRITERS = new Set([
  'branch_protection_rule',
  'create',
  'delete',
  'deployment',
  'deployment_status',
  'label',
  'merge_group',
  'milestone',
  'page_build',
  'public',
  'push',
  'registry_package',
  'release',
  'repository_dispatch',
  'schedule',
  'workflow_dispatch',
])

/**
 * Who can cause an event, and what its payload says of the code it is about.
 *
 * - `pull-request`: anybody; a fork's run has no secrets
 * - `pull-request-target`, `workflow-run`: anybody; the run has secrets
 * - `writers`: people who may write to the repository
 * - `open`: people who may not, or it is not known (a comment, an issue, a check, an event that is newer than this list). The run is of the
 *   default branch and has secrets, and the payload does not say what the workflow checked out
 */
export type EventKind = 'pull-request' | 'pull-request-target' | 'workflow-run' | 'writers' | 'open'

export function kindOf(event: string): EventKind {
  if (PULL_REQUEST.some((name) => name === event)) return 'pull-request'
  if (event === PULL_REQUEST_TARGET) return 'pull-request-target'
  if (event === WORKFLOW_RUN) return 'workflow-run'
  return WRITERS.has(event) ? 'writers' : 'open'
}
