import { type EventKind, kindOf } from './events.ts'
import type { RunFacts } from './facts.ts'
import { type ForeignWhy, TRUSTED, type TrustVerdict } from './verdict.ts'

const PATTERNS = 'docs/trust.md has workflows that are safe'
const OPT_IN =
  'where nothing of the other repository is checked out, built or run in this job, allow-untrusted: fork lets it through'
const SAME_REPOSITORY =
  'decrypt in a job that runs on push, or run this one only for branches of this repository: if: github.event.pull_request.head.repo.full_name == github.repository'
const NO_SECRETS_HERE =
  'keep secrets out of runs that other repositories cause: decrypt in a job that runs on push, or after a review (pull_request and an environment with reviewers)'
const OWN_RUNS =
  'run this job for commits of this repository alone: if: github.event.workflow_run.head_repository.full_name == github.repository'

/**
 * Judges a run by what caused it. A run for code of another repository is foreign, because that code, once it is checked out, built or
 * tested beside the secrets, can read them. The attack is known as a "pwn request".
 *
 * What files are in the workspace is another question: `judgeFile`.
 */
export function judgeRun({ event, head }: RunFacts): TrustVerdict {
  if (event === '')
    return foreign('no-event', 'it is not known what caused this run: GITHUB_EVENT_NAME is not set', [
      'use this mode in a GitHub Actions workflow; elsewhere, `sealward run` and `sealward decrypt` do the same',
    ])
  const kind = kindOf(event)
  switch (head) {
    case 'none':
    case 'same':
      return TRUSTED
    case 'other':
      return kind === 'pull-request'
        ? foreign('fork', `this ${event} run is for a fork, whose code could read the secrets`, adviceFor(kind))
        : foreign(
            'foreign-head',
            `this ${event} run has secrets and is for a commit of another repository`,
            adviceFor(kind),
          )
    case 'deleted':
      return foreign(
        'deleted-head',
        `this ${event} run is for a commit of a repository that was deleted`,
        adviceFor(kind),
      )
    case 'unreadable':
      return foreign('unreadable', `the payload of this ${event} run does not say whose commit it is for`, [
        'the file at GITHUB_EVENT_PATH is missing, was changed, or is not as GitHub writes it',
        PATTERNS,
      ])
  }
}

function adviceFor(kind: EventKind): string[] {
  if (kind === 'pull-request') return [SAME_REPOSITORY, PATTERNS]
  return [kind === 'workflow-run' ? OWN_RUNS : NO_SECRETS_HERE, OPT_IN, PATTERNS]
}

function foreign(why: ForeignWhy, reason: string, advice: readonly string[]): TrustVerdict {
  return { kind: 'foreign', why, reason, advice: advice.join('\n') }
}
