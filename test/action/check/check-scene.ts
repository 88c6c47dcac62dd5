import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import type { CheckDocument } from '../../../src/core/report/check/json-shape.ts'
import type { FakeGitHub, FakeToken } from '../../fakes/github/fake-github.ts'
import { BOT, openScene, TOKEN } from '../../fakes/github/scene.ts'
import { type FakeRepository, nextId } from '../../fakes/github/state.ts'
import { newMember, seal } from '../../support/sealing.ts'
import { startJob } from '../runner/job.ts'
import type { StepResult } from '../runner/step.ts'
import { checkOut, makeOrigin } from '../scan/scan-job.ts'

const NAME = 'octo-org/example'
const REPOSITORY = { id: 1296269, full_name: NAME, default_branch: 'main' }
const DAY_MS = 86_400_000
export const FILE = '.env.production.encrypted'
export const SECRET = 'DB_PASSWORD'

/** What caused a run, and in what it runs. */
export interface CheckRun {
  readonly event?: string
  readonly ref?: string
  /** Of a pull request, for a fork. */
  readonly fork?: boolean
  /** Whether the repository's visibility and default branch are in the payload, as GitHub sends them with most events. */
  readonly payload?: unknown
  readonly env?: Readonly<Record<string, string>>
  readonly depth?: number
}

export interface CheckStep extends StepResult {
  readonly report: CheckDocument | null
  readonly workspace: string
  /** How often GitHub was asked in this run. */
  readonly requests: number
  /** `GET 200 /repos/{owner}/{repo}/issues` */
  readonly asked: readonly string[]
}

export interface CheckScene {
  readonly github: FakeGitHub
  readonly repository: FakeRepository
  /** The value of the secret, now. */
  value(): string
  permissions(permissions: FakeToken['permissions']): void
  /** Commits a new value, so many days ago. */
  rotate(daysAgo: number): Promise<void>
  /** Commits another sealward.yml. */
  configure(policy: string): void
  /** Checks what is committed. No secret may be in anything that is told. */
  check(inputs?: Readonly<Record<string, string>>, run?: CheckRun): Promise<CheckStep>
}

export interface CheckSceneOptions {
  /** sealward.yml. */
  readonly policy?: string
  readonly private?: boolean
  /** Age of the secret. */
  readonly days?: number
}

/** A repository on the fake GitHub with one secret, which every 30 days a new value is asked for. */
export async function openCheckScene(options: CheckSceneOptions = {}): Promise<CheckScene> {
  const { github } = await openScene()
  onTestFinished(() => github.close())
  const repository = github.repository(NAME)
  repository.private = options.private ?? true
  const member = await newMember()
  const key = member.identity.secret.reveal()
  const origin = makeOrigin()
  const values: string[] = []
  const commitAt = (daysAgo: number) => {
    const date = new Date(Date.now() - daysAgo * DAY_MS).toISOString()
    const env = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }
    const { status, stderr } = origin.tryGit(['commit', '--quiet', '--message', 'x'], { env })
    if (status !== 0) throw new Error(stderr)
  }
  const scene: CheckScene = {
    ...{ github, repository },
    value: () => values.at(-1)!,
    permissions: (permissions) => github.tokens.set(TOKEN, { login: BOT, permissions }),
    async rotate(daysAgo) {
      values.push(randomBytes(32).toString('base64url'))
      const sealed = await seal([{ kind: 'entry', name: SECRET, value: scene.value() }], [member])
      origin.stage(FILE, sealed)
      commitAt(daysAgo)
    },
    configure(policy) {
      origin.stage('sealward.yml', policy)
      commitAt(0)
    },
    async check(inputs = {}, run = {}) {
      const sha = origin.at('HEAD')
      const checkout = checkOut(origin, sha, run.depth ?? 'all')
      const { event = 'schedule', ref = 'refs/heads/main', fork = false } = run
      const job = await startJob({
        action: resolve('.'),
        reference: 'sealward/sealward@v1',
        workspace: checkout.path,
        event: { name: event, payload: run.payload ?? payloadOf(event, { fork, closed: repository.private }) },
        github: { sha, ref, api_url: github.url, workflow_ref: `${NAME}/.github/workflows/check.yml@${ref}` },
        token: TOKEN,
        secrets: { KEY: key },
        env: run.env ?? {},
      })
      onTestFinished(() => job.remove())
      const before = github.received.length
      const step = await job.uses({ id: 'check', with: { mode: 'check', ...(fork ? {} : { key }), ...inputs } })
      const asked = github.received.slice(before).map(({ route, status }) => route.replace(' ', ` ${status} `))
      const { 'report-path': path = '' } = step.outputs
      const report = path === '' ? '' : readFileSync(path, 'utf8')
      const told = [step.stdout, step.stderr, step.summary, report, JSON.stringify(step.outputs)]
      const written = repository.issues.flatMap(({ title, body, comments }) => [
        title,
        body ?? '',
        ...comments.map((comment) => comment.body),
      ])
      for (const secret of [...values, key, TOKEN])
        if ([...told, ...written].some((text) => text.includes(secret))) throw new Error('a secret was told')
      return {
        ...step,
        ...{ requests: asked.length, asked, workspace: checkout.path },
        report: report === '' ? null : (JSON.parse(report) as CheckDocument),
      }
    },
  }
  origin.stage('sealward.yml', options.policy ?? every(30))
  await scene.rotate(options.days ?? 100)
  return scene
}

/** @returns the sealward.yml that asks for a new value every so many days, after more of what stands in it */
export function every(days: number, more = ''): string {
  return `${more}secrets:\n  - name: "*"\n    rotate-every: ${days}d\n`
}

/** A run of the workflow by its schedule, so many days ago. */
export function scheduledRun(daysAgo: number, workflow = 'check.yml') {
  const createdAt = new Date(Date.now() - daysAgo * DAY_MS)
  return {
    id: nextId(),
    workflow,
    event: 'schedule',
    branch: 'main',
    conclusion: 'success',
    createdAt,
    jobs: [],
    artifacts: [],
  }
}

function payloadOf(event: string, { fork, closed }: { readonly fork: boolean; readonly closed: boolean }): unknown {
  const repository = { ...REPOSITORY, private: closed }
  if (!event.startsWith('pull_request')) return { repository }
  const head = fork ? { id: 7, full_name: 'mallory/example' } : REPOSITORY
  const base = '0'.repeat(39)
  return {
    pull_request: {
      ...{ number: 12, title: 'A change', body: null },
      base: { sha: `${base}1`, ref: 'main', repo: REPOSITORY },
      head: { sha: `${base}2`, ref: 'feature', repo: head },
    },
    repository,
  }
}
