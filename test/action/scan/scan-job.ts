import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { onTestFinished } from 'vitest'
import { type GitRepository, makeRepository, openRepositoryAt, temporaryFolder } from '../../support/git-repository.ts'
import { type JobOptions, startJob } from '../runner/job.ts'
import type { Variables } from '../runner/job-record.ts'
import type { StepResult } from '../runner/step.ts'

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Random letters and digits. */
export function newText(length: number): string {
  return Array.from(randomBytes(length), (byte) => ALPHANUMERIC[byte % ALPHANUMERIC.length]).join('')
}

/** Random, and of a shape that a rule knows. */
export function newToken(): string {
  return `ghp_${newText(36)}`
}

/** What GitHub has: branches, and the pull request 12 of `feature` into `main`. */
export interface Origin extends GitRepository {
  /** Commits files on the branch that is checked out. @returns the commit */
  commit(files: Readonly<Record<string, string | null>>, message?: string): string
  /** Goes to a branch, made here if there is none. */
  on(branch: string): void
  at(name: string): string
}

export function makeOrigin(): Origin {
  const repository = makeRepository(temporaryFolder('origin'))
  repository.git('config', 'uploadpack.allowAnySHA1InWant', 'true')
  const origin: Origin = {
    ...repository,
    commit(files, message = 'x') {
      for (const [path, content] of Object.entries(files)) {
        if (content === null) repository.git('rm', '--quiet', '--', path)
        else repository.stage(path, content)
      }
      repository.git('commit', '--quiet', '--allow-empty', '--message', message)
      return origin.at('HEAD')
    },
    on(branch) {
      const exists = repository.tryGit(['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`]).status === 0
      repository.git('checkout', '--quiet', ...(exists ? [] : ['-b']), branch)
    },
    at: (name) => repository.git('rev-parse', name).trim(),
  }
  return origin
}

/** Checks a commit out as actions/checkout does: alone, or with `fetch-depth: 0`. */
export function checkOut(origin: Origin, commit: string, depth: number | 'all' = 'all'): GitRepository {
  const repository = openRepositoryAt(temporaryFolder('checkout'))
  repository.git('init', '--quiet')
  const wanted =
    depth === 'all' ? ['+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*'] : [`--depth=${depth}`]
  repository.git('fetch', '--quiet', '--no-tags', pathToFileURL(origin.path).href, ...wanted, commit)
  repository.git('checkout', '--quiet', '--detach', commit)
  return repository
}

const REPOSITORY = { id: 1296269, full_name: 'octo-org/example', default_branch: 'main' }

export interface PullRequest {
  readonly event?: string
  readonly fork?: boolean
  readonly title?: string
  readonly body?: string | null
}

/** A run for the pull request of `feature` into `main`, with its merge checked out. */
export function pullRequest(origin: Origin, { event = 'pull_request', fork = false, ...texts }: PullRequest = {}) {
  const [base, head] = [origin.at('main'), origin.at('feature')]
  origin.git('checkout', '--quiet', '--detach', 'main')
  origin.git('merge', '--quiet', '--no-ff', '--message', 'merge', 'feature')
  const sha = origin.at('HEAD')
  const repo = fork ? { id: 7, full_name: 'mallory/example' } : REPOSITORY
  const payload = {
    pull_request: {
      number: 12,
      title: 'A change',
      body: null,
      base: { sha: base, ref: 'main', repo: REPOSITORY },
      head: { sha: head, ref: 'feature', repo },
      ...texts,
    },
    repository: REPOSITORY,
  }
  return { sha, options: { event: { name: event, payload }, github: { sha, ref: 'refs/pull/12/merge' } } }
}

/** A run for a push. */
export function push(before: string, after: string, { ref = 'refs/heads/main', deleted = false } = {}): JobOptions {
  const payload = { before, after, ref, deleted, repository: REPOSITORY }
  return { event: { name: 'push', payload }, github: { sha: after, ref } }
}

/** What a step did, and all that it left where somebody may read it. */
export interface ScanStep extends StepResult {
  readonly report: Report | null
  readonly sarif: string
  readonly everything: string
}

export interface Report {
  readonly findings: readonly { readonly rule: string; readonly file: string; readonly line?: number }[]
  readonly allowed: readonly { readonly reason: string }[]
}

/** Runs the Action in mode scan. */
export async function scanIn(checkout: { readonly path: string }, options: JobOptions, inputs: Variables = {}) {
  const job = await startJob({
    action: resolve('.'),
    reference: 'sealward/sealward@v1',
    workspace: checkout.path,
    ...options,
  })
  onTestFinished(() => job.remove())
  const step = await job.uses({ id: 'scan', with: { mode: 'scan', ...inputs } })
  const { 'report-path': report = '', 'sarif-path': sarif = '' } = step.outputs
  const texts = [report, sarif].map((path) => (path === '' ? '' : readFileSync(path, 'utf8')))
  const result: ScanStep = {
    ...step,
    report: texts[0] ? (JSON.parse(texts[0]) as Report) : null,
    sarif: texts[1]!,
    everything: [step.stdout, step.stderr, step.summary, ...texts].join('\n'),
  }
  return result
}
