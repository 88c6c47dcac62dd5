import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { type GitServer, openGitServer } from '../../fakes/git-server.ts'
import type { FakeGitHub } from '../../fakes/github/fake-github.ts'
import { BOT, openScene } from '../../fakes/github/scene.ts'
import type { FakeRepository } from '../../fakes/github/state.ts'
import { makeRepository, openRepositoryAt, temporaryFolder } from '../../support/git-repository.ts'
import { type Member, newMember, seal } from '../../support/sealing.ts'
import { startJob } from '../runner/job.ts'
import type { StepResult } from '../runner/step.ts'
import { newToken } from '../scan/scan-job.ts'

export const ORGANISATION = 'octo-org'
/** The repository that calls the workflow. */
export const OWN = `${ORGANISATION}/security`
export const SECRET = 'DB_PASSWORD'
const DAY_MS = 86_400_000

export interface OrganisationScene {
  readonly github: FakeGitHub
  readonly server: GitServer
  readonly own: FakeRepository
  /** What the bare repositories are below. */
  readonly root: string
  readonly token: string
  readonly key: string
  /** Every value that is in some file. */
  readonly values: readonly string[]
  /** Adds repositories whose one secret is so many days old; null for no secret at all. They share one history. */
  add(names: readonly string[], days: number | null): Promise<void>
  /** Another value, so many days ago, in the same file. */
  replace(name: string, days: number): Promise<void>
  /** Runs the three jobs as the workflow does, with the artifacts in between. */
  run(inputs?: Readonly<Record<string, string>>, options?: RunOptions): Promise<OrganisationRun>
}

export interface RunOptions {
  readonly key?: boolean
  /** Shards whose job is lost. */
  readonly lost?: readonly number[]
  readonly event?: string
  /** The payload as it is, instead of one that says what the repository is. */
  readonly payload?: unknown
  /** More environment of the runner. */
  readonly env?: Readonly<Record<string, string>>
}

export interface OrganisationRun {
  readonly plan: StepResult
  readonly checks: readonly StepResult[]
  readonly dashboard: StepResult
  /** All that the jobs printed, wrote or left behind. */
  readonly told: string
}

/** An organisation on the fake GitHub, and its repositories on git's own server; at first there is only the one that calls the workflow. */
export async function openOrganisation({ isPrivate = true } = {}): Promise<OrganisationScene> {
  const { github } = await openScene()
  onTestFinished(() => github.close())
  const token = newToken()
  github.tokens.set(token, { login: BOT, permissions: ['issues: write'] })
  const own = github.repository(OWN)
  own.private = isPrivate
  const root = temporaryFolder('server')
  const server = await openGitServer(root, token)
  const member = await newMember()
  const key = member.identity.secret.reveal()
  const values: string[] = []
  const addBare = (name: string, source: string) => {
    github.repository(`${ORGANISATION}/${name}`)
    mkdirSync(join(root, ORGANISATION), { recursive: true })
    cpSync(source, join(root, ORGANISATION, `${name}.git`), { recursive: true })
  }
  const scene: OrganisationScene = {
    ...{ github, server, own, root, token, key, values },
    async add(names, days) {
      const bare = bareOf(
        days === null ? [{ files: { 'README.md': 'nothing\n' }, daysAgo: 1 }] : [await secretOf(days, member, values)],
      )
      for (const name of names) addBare(name, bare)
    },
    async replace(name, days) {
      rmSync(join(root, ORGANISATION, `${name}.git`), { recursive: true, force: true })
      addBare(name, bareOf([await secretOf(200, member, values), await secretOf(days, member, values)]))
    },
    async run(inputs = {}, { key: withKey = false, lost = [], event = 'schedule', payload, env = {} } = {}) {
      const artifacts = temporaryFolder('artifacts')
      const told: string[] = []
      const part = async (given: Readonly<Record<string, string>>): Promise<StepResult> => {
        const job = await startJob({
          action: resolve('.'),
          reference: 'sealward/sealward@v1',
          event: { name: event, payload: payload ?? payloadOf(isPrivate) },
          github: { repository: OWN, ref: 'refs/heads/main', api_url: github.url, server_url: server.url },
          token,
          secrets: { KEY: key, TOKEN: token },
          machineEnv: env,
          timeoutMs: 600_000,
        })
        onTestFinished(() => job.remove())
        cpSync(artifacts, join(job.workspace, 'files'), { recursive: true })
        const step = await job.uses({ id: 'x', with: { mode: 'organisation', 'working-directory': 'files', ...given } })
        const { 'report-path': path } = step.outputs
        if (path !== undefined) cpSync(path, join(artifacts, path.slice(path.lastIndexOf('/') + 1)))
        const left = readdirSync(job.temp).filter((name) => name.startsWith('sealward-clone-'))
        if (left.length > 0) throw new Error('a clone was left behind')
        told.push(step.stdout, step.stderr, step.summary, JSON.stringify(step.outputs))
        return step
      }
      const plan = await part({ part: 'plan', ...only(inputs, ['organisation', 'include', 'exclude']) })
      const shards = JSON.parse(plan.outputs.shards ?? '[]') as number[]
      const checks: StepResult[] = []
      for (const shard of shards.filter((one) => !lost.includes(one)))
        checks.push(
          await part({ part: 'check', shard: String(shard), ...only(inputs, ['names']), ...(withKey ? { key } : {}) }),
        )
      const dashboard = await part({ part: 'dashboard', ...only(inputs, ['fail-on']) })
      for (const name of readdirSync(artifacts)) told.push(readFileSync(join(artifacts, name), 'utf8'))
      for (const { title, body, comments } of own.issues)
        told.push(title, body ?? '', ...comments.map(({ body }) => body))
      const all = told.join('\n')
      const header = Buffer.from(`x-access-token:${token}`).toString('base64')
      const masked = all.replaceAll(/^::add-mask::.*$/gm, '')
      for (const secret of [...values, key, token, header])
        if (masked.includes(secret)) throw new Error('a secret was told')
      return { plan, checks, dashboard, told: all }
    },
  }
  await scene.add(['security'], null)
  return scene
}

interface Commit {
  readonly files: Readonly<Record<string, string | Uint8Array>>
  readonly daysAgo: number
}

/** Of another age than the default asks for: without its policy the answer is another one. */
async function secretOf(days: number, member: Member, values: string[]): Promise<Commit> {
  const value = newToken()
  values.push(value)
  const sealed = await seal([{ kind: 'entry', name: SECRET, value }], [member])
  const policy = 'secrets:\n  - name: "*"\n    rotate-every: 60d\n'
  return { files: { '.env.production.encrypted': sealed, 'sealward.yml': policy }, daysAgo: days }
}

/** The newest commit has another file, so that who looks at it alone takes a secret for new. */
function bareOf(commits: readonly Commit[]): string {
  const repository = makeRepository()
  for (const { files, daysAgo } of commits) {
    for (const [path, content] of Object.entries(files)) repository.stage(path, content)
    commitAt(repository.path, daysAgo)
  }
  repository.stage('later.txt', 'x\n')
  commitAt(repository.path, 0)
  const bare = join(temporaryFolder('bare'), 'bare.git')
  repository.git('clone', '--quiet', '--bare', repository.path, bare)
  const served = openRepositoryAt(bare)
  served.git('config', 'uploadpack.allowFilter', 'true')
  served.git('config', 'uploadpack.allowAnySHA1InWant', 'true')
  served.git('pack-refs', '--all')
  return bare
}

function commitAt(folder: string, daysAgo: number): void {
  const date = new Date(Date.now() - daysAgo * DAY_MS).toISOString()
  const env = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }
  const { status, stderr } = openRepositoryAt(folder).tryGit(['commit', '--quiet', '--message', 'x'], { env })
  if (status !== 0) throw new Error(stderr)
}

function payloadOf(isPrivate: boolean): unknown {
  return { repository: { id: 1296269, full_name: OWN, default_branch: 'main', private: isPrivate } }
}

function only(inputs: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => names.includes(name)))
}
