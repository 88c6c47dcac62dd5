import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { printIdentityFile } from '../../src/core/age/identity.ts'
import type { Login } from '../../src/core/credential/change.ts'
import { readLogin } from '../../src/core/credential/login-variables.ts'
import { recordPath } from '../../src/core/credential/record/place.ts'
import { readRecord } from '../../src/core/credential/record/read-record.ts'
import type { RotationRecord } from '../../src/core/credential/record/record.ts'
import { parsePolicy } from '../../src/core/policy/policy.ts'
import { documentOf } from './documents.ts'
import { cleanEnv, type GitRepository, makeRepository, packageRoot, temporaryFolder } from './git-repository.ts'
import { type Moment, Moments } from './killing/moments.ts'
import { type Member, newMember, open, seal } from './sealing.ts'

export const FILE = '.env.encrypted'
const HOUR = 60 * 60 * 1000

export interface RotatedCredential {
  readonly name: string
  /** Of sealward.yml in flow style, without name and path. */
  readonly entry: string
}

export interface CliEnd {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/**
 * A repository with a remote, an encrypted file and credentials to rotate, for the built `sealward` as a child process. The clock of the child
 * may go ahead of the machine's: a grace goes by at once, and a lock that a killed run left behind is old.
 */
export class RotatingRepository {
  readonly moments: Moments
  /** What has to be in the environment of the child. */
  readonly env: Record<string, string> = {}
  /** Every password that was ever read here. */
  readonly seen = new Set<string>()
  hoursAhead = 0
  /** All that the children printed. */
  printed = ''
  readonly #repository: GitRepository
  readonly #folder: string
  readonly #member: Member
  #yaml = ''

  private constructor(member: Member) {
    this.#member = member
    this.#folder = temporaryFolder('outside')
    this.#repository = makeRepository()
    const counted = join(this.#folder, 'moments')
    mkdirSync(counted)
    this.moments = new Moments(counted)
    this.moments.arm(null)
  }

  /** @param values of the encrypted file */
  static async make(
    credentials: readonly RotatedCredential[],
    values: Readonly<Record<string, string>>,
  ): Promise<RotatingRepository> {
    const made = new RotatingRepository(await newMember())
    await made.#fill(credentials, values)
    return made
  }

  /** The encrypted file as the branch that counts has it. */
  async committed(name: string): Promise<Login> {
    const opened = await open(this.#bytesOf(FILE)!, this.#member.identity)
    const values = new Map([...opened.variables].map(([key, { value }]) => [key, value]))
    const { credentials } = parsePolicy(this.#yaml, 'sealward.yml').rotation
    const { variables } = credentials.find((one) => one.name === name)!
    return this.#noted(readLogin(variables, values, FILE).login)
  }

  async record(name: string): Promise<RotationRecord | null> {
    const bytes = this.#bytesOf(recordPath(name))
    if (bytes === null) return null
    const record = readRecord(await open(bytes, this.#member.identity, { quotes: 'literal' }), recordPath(name))
    for (const login of [record.pending, record.previous])
      if (login?.password) this.#noted({ user: login.user, password: login.password })
    return record
  }

  /** Which commit the branch that counts is at: it changes when the file may have. */
  tip(): string {
    return readFileSync(join(this.#remote, 'refs', 'heads', 'main'), 'utf8')
  }

  /** `sealward rotate secret`, which may be killed at a moment. */
  async rotate(args: readonly string[], doom: Moment | null = null): Promise<CliEnd> {
    this.moments.arm(doom)
    const child = spawn(process.execPath, [join(packageRoot, 'dist', 'cli.js'), 'rotate', 'secret', ...args], {
      cwd: this.#repository.path,
      env: { ...cleanEnv, ...this.#ownEnv(), ...this.env } as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.moments.watch(child.pid!)
    const said = { stdout: '', stderr: '' }
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].on('data', (chunk: Buffer) => {
        said[stream] += chunk.toString('utf8')
        this.printed += chunk.toString('utf8')
      })
    const [status, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
      child.on('close', (...end) => resolve(end)),
    )
    return { status, signal, ...said }
  }

  get #remote(): string {
    return join(this.#folder, 'remote.git')
  }

  #ownEnv(): Record<string, string> {
    return {
      HOME: this.#folder,
      SEALWARD_KEY_FILE: join(this.#folder, 'key.txt'),
      NODE_OPTIONS: `--import ${join(this.#folder, 'clock.mjs')}`,
      TEST_CLOCK_AHEAD: String(this.hoursAhead * HOUR),
    }
  }

  async #fill(credentials: readonly RotatedCredential[], values: Readonly<Record<string, string>>): Promise<void> {
    const { identity, recipient } = this.#member
    writeFileSync(join(this.#folder, 'key.txt'), printIdentityFile(identity, recipient, new Date()), { mode: 0o600 })
    writeFileSync(join(this.#folder, 'clock.mjs'), CLOCK)
    const entries = credentials.map(({ name, entry }) => `    - { name: ${name}, path: ${FILE}, ${entry} }\n`)
    this.#yaml = `rotation:\n  delivery: { mode: commit }\n  credentials:\n${entries.join('')}`
    const repository = this.#repository
    repository.git('init', '--quiet', '--bare', '--initial-branch', 'main', this.#remote)
    repository.git('remote', 'add', 'origin', this.#remote)
    repository.write('sealward.yml', this.#yaml)
    repository.write(FILE, await seal(documentOf(values), [this.#member]))
    repository.git('add', '.')
    repository.git('commit', '--quiet', '-m', 'begin')
    repository.git('push', '--quiet', 'origin', 'main')
    for (const [hook, when] of [
      ['pre-receive', 'before'],
      ['post-receive', 'after'],
    ] as const) {
      const path = join(this.#remote, 'hooks', hook)
      mkdirSync(join(this.#remote, 'hooks'), { recursive: true })
      // It tells which name moved: `<old> <new> <name>`.
      writeFileSync(path, `#!/bin/sh\nread -r _ _ name\nexec '${this.moments.script}' push ${when} "$name"\n`)
      chmodSync(path, 0o755)
    }
  }

  #bytesOf(path: string): Buffer | null {
    const { status, stdout } = this.#repository.tryGit(['--git-dir', this.#remote, 'show', `main:${path}`])
    return status === 0 ? Buffer.from(stdout, 'utf8') : null
  }

  #noted(login: Login): Login {
    this.seen.add(login.password.reveal())
    return login
  }
}

/** Runs before the program. Only what asks for the present time is told another one. */
const CLOCK = `const ahead = Number(process.env.TEST_CLOCK_AHEAD)
const Machine = Date
globalThis.Date = class Date extends Machine {
  constructor(...parts) {
    if (parts.length === 0) super(Machine.now() + ahead)
    else super(...parts)
  }
  static now() {
    return Machine.now() + ahead
  }
}
`
