import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { onTestFinished } from 'vitest'
import { recordPath } from '../../../src/core/credential/record/place.ts'
import { readPlainRecord } from '../../../src/core/credential/record/read-record.ts'
import type { FakeGitHub } from '../../fakes/github/fake-github.ts'
import { BOT, openScene, TOKEN } from '../../fakes/github/scene.ts'
import type { FakeRepository } from '../../fakes/github/state.ts'
import { documentOf } from '../../support/documents.ts'
import { type GitRepository, openRepositoryAt, runProgram, temporaryFolder } from '../../support/git-repository.ts'
import { newMember, open, seal } from '../../support/sealing.ts'
import { startJob } from '../runner/job.ts'
import type { StepResult } from '../runner/step.ts'

const REPOSITORY = 'octo-org/example'
export const CREDENTIAL = 'orders-db'
export const FILE = 'production/.env.encrypted'
export const OWN = `sealward/rotation/${CREDENTIAL}`
const HOUR_MS = 3_600_000

export interface RotateRun {
  readonly event?: string
  readonly ref?: string
  /** Of a pull request, for a fork. */
  readonly fork?: boolean
  readonly payload?: unknown
  /** `actions/checkout` with `fetch-depth`. */
  readonly depth?: number
  /** The clock of the run is so many hours ahead. */
  readonly hours?: number
  /** The process is killed then. */
  readonly killedAfterMs?: number
  /** Changes the checkout before the step. */
  readonly before?: (checkout: GitRepository) => void
}

export interface RotateStep extends StepResult {
  /** Of the fake GitHub: `POST 201 /repos/{owner}/{repo}/pulls`. */
  readonly asked: readonly string[]
}

/** The login that a file has. */
export interface CommittedLogin {
  readonly user: string
  readonly password: string
}

export interface RotateScene {
  readonly github: FakeGitHub
  readonly repository: FakeRepository
  readonly remote: GitRepository
  readonly person: GitRepository
  /** What counts as a password, and may be told by nobody. */
  readonly secrets: Set<string>
  /** What a branch has. */
  committed(branch?: string): Promise<CommittedLogin>
  /** How far the record of a branch says that it is; null where there is none. */
  phase(branch?: string): string | null
  /** What a person does with the open pull request. */
  merge(how?: 'merge' | 'squash'): void
  /** Runs the mode. No password, key or token may be in anything that is told or committed. */
  rotate(inputs?: Readonly<Record<string, string>>, run?: RotateRun): Promise<RotateStep>
}

export interface SystemUnderRotation {
  /** The lines of the entry in sealward.yml, below its name and path. */
  readonly entry: readonly string[]
  readonly variables: Readonly<Record<string, string>>
  readonly loginOf: (values: ReadonlyMap<string, string>) => CommittedLogin
  /** All that were ever valid. */
  readonly passwords: () => readonly string[]
}

export interface RotateSceneOptions {
  readonly delivery?: string
  /** Further sections of sealward.yml. */
  readonly policy?: string
}

/** A repository on the fake GitHub whose login is known to a system, and jobs that check it out and rotate. */
export async function openRotateScene(
  system: SystemUnderRotation,
  options: RotateSceneOptions = {},
): Promise<RotateScene> {
  const { github } = await openScene()
  onTestFinished(() => github.close())
  github.tokens.set(TOKEN, { login: BOT, permissions: ['pull-requests: write', 'issues: read'] })
  const repository = github.repository(REPOSITORY)
  const member = await newMember()
  const key = member.identity.secret.reveal()
  const remote = openRepositoryAt(temporaryFolder('remote.git'))
  remote.git('init', '--quiet', '--bare', '--initial-branch=main')
  const person = openRepositoryAt(temporaryFolder('person'))
  person.git('init', '--quiet', '--initial-branch=main')
  person.git('remote', 'add', 'origin', pathToFileURL(remote.path).href)
  person.stage('sealward.yml', policyOf(system, options))
  person.stage(FILE, await seal(documentOf({ OTHER: 'stays', ...system.variables }), [member]))
  person.git('commit', '--quiet', '-m', 'x')
  person.git('push', '--quiet', 'origin', 'main')
  const at = (branch: string, path: string) => {
    const { status, stdout } = remote.tryGit(['cat-file', 'blob', `refs/heads/${branch}:${path}`])
    return status === 0 ? Buffer.from(stdout) : null
  }
  const secrets = new Set([key, TOKEN])
  const scene: RotateScene = {
    ...{ github, repository, remote, person, secrets },
    async committed(branch = 'main') {
      const { variables } = await open(at(branch, FILE)!, member.identity)
      return system.loginOf(new Map([...variables].map(([name, { value }]) => [name, value])))
    },
    phase(branch = 'main') {
      const record = at(branch, recordPath(CREDENTIAL))
      return record === null ? null : readPlainRecord(record, recordPath(CREDENTIAL)).phase
    },
    merge(how = 'squash') {
      person.git('fetch', '--quiet', 'origin')
      person.git('reset', '--quiet', '--hard', 'origin/main')
      person.git('merge', '--quiet', ...(how === 'merge' ? ['--no-ff', '-m', 'Merge'] : ['--squash']), `origin/${OWN}`)
      if (how === 'squash') person.git('commit', '--quiet', '-m', 'Rotate orders-db (#1000)')
      person.git('push', '--quiet', 'origin', 'HEAD:main')
      for (const pull of repository.pulls.list) repository.pulls.edit(pull, { state: 'closed' })
    },
    async rotate(inputs = {}, run = {}) {
      const step = await rotateOnce({ key, remote, github }, inputs, run)
      for (const password of system.passwords()) secrets.add(password)
      refuseLeaks(step, { secrets, repository, remote })
      return step
    },
  }
  return scene
}

function policyOf(
  { entry }: SystemUnderRotation,
  { delivery = '{ mode: pull-request }', policy = '' }: RotateSceneOptions,
): string {
  const lines = [`- name: ${CREDENTIAL}`, ...[`path: ${FILE}`, ...entry].map((line) => `  ${line}`)]
  return `${policy}rotation:\n  delivery: ${delivery}\n  credentials:\n${lines.map((line) => `    ${line}\n`).join('')}`
}

interface Place {
  readonly key: string
  readonly remote: GitRepository
  readonly github: FakeGitHub
}

async function rotateOnce(
  { key, remote, github }: Place,
  inputs: Readonly<Record<string, string>>,
  {
    event = 'schedule',
    ref = 'refs/heads/main',
    fork = false,
    payload,
    depth,
    hours = 0,
    killedAfterMs,
    before,
  }: RotateRun,
): Promise<RotateStep> {
  const checkout = openRepositoryAt(temporaryFolder('checkout'))
  const clone = [
    'clone',
    '--quiet',
    ...(depth === undefined ? [] : [`--depth=${depth}`]),
    pathToFileURL(remote.path).href,
  ]
  const { status, stderr } = runProgram('git', [...clone, checkout.path])
  if (status !== 0) throw new Error(stderr)
  before?.(checkout)
  const sha = checkout.git('rev-parse', 'HEAD').trim()
  const job = await startJob({
    action: resolve('.'),
    reference: 'sealward/sealward@v1',
    workspace: checkout.path,
    event: { name: event, payload: payload ?? payloadOf(event, fork) },
    github: { sha, ref, api_url: github.url, run_id: '4711' },
    token: TOKEN,
    secrets: fork ? {} : { KEY: key },
    machineEnv: { ...aheadBy(hours), GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
  })
  onTestFinished(() => job.remove())
  const asked = github.received.length
  const step = await job.uses({
    id: 'rotate',
    with: { mode: 'rotate', ...(fork ? {} : { key }), ...inputs },
    ...(killedAfterMs !== undefined && { timeoutMs: killedAfterMs }),
  })
  const received = github.received.slice(asked).map(({ route, status: code }) => route.replace(' ', ` ${code} `))
  return { ...step, asked: received }
}

/** A rotation takes days. Its process is given a clock that is ahead. */
function aheadBy(hours: number): Readonly<Record<string, string>> {
  if (hours === 0) return {}
  const path = join(temporaryFolder('clock'), 'ahead.cjs')
  writeFileSync(
    path,
    `const Real = Date
const ahead = ${hours * HOUR_MS}
globalThis.Date = class Date extends Real {
  constructor(...args) { args.length === 0 ? super(Real.now() + ahead) : super(...args) }
  static now() { return Real.now() + ahead }
}
`,
  )
  return { NODE_OPTIONS: `--require=${path}` }
}

function payloadOf(event: string, fork: boolean): unknown {
  const repository = { id: 1296269, full_name: REPOSITORY, default_branch: 'main', private: true }
  if (!event.startsWith('pull_request')) return { repository }
  const head = fork ? { id: 7, full_name: 'mallory/example' } : repository
  const sha = '0'.repeat(40)
  return {
    pull_request: {
      number: 12,
      title: 'x',
      body: null,
      base: { sha, ref: 'main', repo: repository },
      head: { sha, ref: 'f', repo: head },
    },
    repository,
  }
}

function refuseLeaks(
  { stdout, stderr, log, summary, outputs, annotations }: StepResult,
  { secrets, repository, remote }: Pick<RotateScene, 'secrets' | 'repository' | 'remote'>,
): void {
  const said = stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  const pulls = repository.pulls.list.flatMap(({ title, body, head }) => [title, body ?? '', head])
  const messages = remote.git('log', '--all', '--format=%B%an%ae%cn%ce')
  const told = [...said, stderr, log, summary, JSON.stringify([outputs, annotations]), ...pulls, messages]
  for (const secret of secrets) if (told.some((text) => text.includes(secret))) throw new Error('a secret was told')
}

/** A system of one file: a program for the driver `command`, with two passwords for each login. */
export interface FileSystem extends SystemUnderRotation {
  /** The passwords that work. */
  valid(): readonly string[]
  /** Every password that was ever given to it. */
  readonly passwords: () => readonly string[]
  /** How it answers from now on. */
  break(how: 'unavailable' | null): void
}

const PROGRAM = `import { readFileSync, writeFileSync } from 'node:fs'
const STATE = process.argv[2]
const state = JSON.parse(readFileSync(STATE, 'utf8'))
const { op, user, secrets } = JSON.parse(readFileSync(0, 'utf8'))
const answer = (more) => console.log(JSON.stringify({ sealward: 1, ...more }))
const valid = state.valid
const take = (passwords) => {
  state.valid = [...new Set(passwords)]
  state.ever = [...new Set([...state.ever, ...passwords])]
  writeFileSync(STATE, JSON.stringify(state))
  answer({ outcome: 'done' })
}
console.error(JSON.stringify(secrets))
if (state.broken !== null) answer({ outcome: op === 'probe' ? 'unknown' : 'error', code: state.broken, why: 'asked to' })
else if (op === 'probe') answer({ outcome: valid.includes(secrets.password) && user === 'app' ? 'yes' : 'no' })
else if (op === 'preflight') answer({ outcome: 'done', against: [] })
else if (op === 'replace') take([secrets.fresh])
else if (op === 'add') take([secrets.fresh, secrets.current])
else if (op === 'retire') take([secrets.keep])
else answer({ outcome: 'error', code: 'unsupported', why: op })
`

export function fileSystem(strategy: 'dual' | 'single' = 'dual', more: readonly string[] = []): FileSystem {
  const folder = temporaryFolder('system')
  const [program, path] = [join(folder, 'system.mjs'), join(folder, 'state.json')]
  const first = randomBytes(18).toString('base64url')
  const read = () =>
    JSON.parse(readFileSync(path, 'utf8')) as { valid: string[]; ever: string[]; broken: string | null }
  writeFileSync(program, PROGRAM)
  writeFileSync(path, JSON.stringify({ valid: [first], ever: [first], broken: null }))
  return {
    entry: [
      ...['user: DB_USER', 'password: DB_PASSWORD', 'driver: command', `strategy: ${strategy}`],
      ...(strategy === 'dual' ? ['grace: 24h'] : []),
      `options: { argv: ${JSON.stringify([process.execPath, program, path])} }`,
      ...more,
    ],
    variables: { DB_USER: 'app', DB_PASSWORD: first },
    loginOf: (values) => ({ user: values.get('DB_USER')!, password: values.get('DB_PASSWORD')! }),
    passwords: () => read().ever,
    valid: () => read().valid,
    break: (how) => writeFileSync(path, JSON.stringify({ ...read(), broken: how })),
  }
}
