import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@redis/client'
import type { Login } from '../../../src/core/credential/change.ts'
import { Secret } from '../../../src/core/secret.ts'
import { freePort, type OwnProcess, startProcess } from './own-process.ts'

export interface RedisOrder {
  /** Where it keeps its users: in a file for them alone, in its configuration, or nowhere. */
  readonly users?: 'aclfile' | 'config' | 'nowhere'
  /** Beside `admin`, each with this password. */
  readonly logins?: Readonly<Record<string, string>>
  /** Further rules of a login: `+@read`. Without them it may do everything. */
  readonly rules?: Readonly<Record<string, string>>
  /** PEM, for a second port that speaks TLS. */
  readonly tls?: { readonly pem: string; readonly key: string }
  /** Lines of redis.conf. */
  readonly settings?: readonly string[]
}

/** A real redis-server of a test's own, in a folder of its own. */
export class RedisServer {
  readonly folder = mkdtempSync(join(tmpdir(), 'sealward-redis-'))
  readonly admin: Login = { user: 'admin', password: new Secret(randomBytes(18).toString('base64url')) }
  port = 0
  tlsPort = 0
  readonly #program: string
  readonly #order: RedisOrder
  #running: OwnProcess | null = null

  constructor(program: string, order: RedisOrder = {}) {
    this.#program = program
    this.#order = order
  }

  async start(): Promise<this> {
    if (this.port === 0) await this.#prepare()
    const { users = 'config' } = this.#order
    const how =
      users === 'nowhere' ? this.#lines().flatMap(([name, ...rest]) => [`--${name}`, ...rest]) : ['redis.conf']
    this.#running = await startProcess([this.#program, ...how], this.folder, this.port)
    return this
  }

  async stop(signal?: NodeJS.Signals): Promise<void> {
    await this.#running?.end(signal)
    this.#running = null
  }

  /** It listens on, and answers nobody. */
  pause(): void {
    process.kill(this.#running!.pid, 'SIGSTOP')
  }

  async close(): Promise<void> {
    await this.stop('SIGKILL')
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** Asks as its administrator, or as somebody else, over a connection of its own. */
  async ask(command: readonly string[], login: Login = this.admin): Promise<unknown> {
    const client = createClient({
      RESP: 2,
      username: login.user,
      password: login.password.reveal(),
      socket: { host: '127.0.0.1', port: this.port, reconnectStrategy: false },
    })
    client.on('error', () => {})
    try {
      await client.connect()
      return await client.sendCommand(command)
    } finally {
      if (client.isOpen) client.destroy()
    }
  }

  async #prepare(): Promise<void> {
    this.port = await freePort()
    const { tls, users = 'config' } = this.#order
    if (tls !== undefined) {
      this.tlsPort = await freePort()
      writeFileSync(join(this.folder, 'cert.pem'), tls.pem)
      writeFileSync(join(this.folder, 'key.pem'), tls.key)
    }
    if (users === 'aclfile')
      writeFileSync(join(this.folder, 'users.acl'), `${this.#userLines().map(spaced).join('\n')}\n`)
    writeFileSync(join(this.folder, 'redis.conf'), `${this.#lines().map(spaced).join('\n')}\n`)
  }

  #lines(): string[][] {
    const { users = 'config', settings = [], tls } = this.#order
    const secure = ['tls-port', String(this.tlsPort)]
    return [
      ['port', String(this.port)],
      ['bind', '127.0.0.1'],
      ['save', users === 'nowhere' ? '' : '""'],
      ['dir', this.folder],
      ...(tls === undefined
        ? []
        : [secure, ['tls-cert-file', 'cert.pem'], ['tls-key-file', 'key.pem'], ['tls-auth-clients', 'no']]),
      ...(users === 'aclfile' ? [['aclfile', join(this.folder, 'users.acl')]] : this.#userLines()),
      ...settings.map((line) => line.split(' ')),
    ]
  }

  #userLines(): string[][] {
    const { logins = {}, rules = {} } = this.#order
    const all = { [this.admin.user]: this.admin.password.reveal(), ...logins }
    return Object.entries(all).map(([name, password]) => {
      const hash = createHash('sha256').update(password).digest('hex')
      return ['user', name, 'on', `#${hash}`, '~*', '&*', ...(rules[name] ?? '+@all').split(' ')]
    })
  }
}

const spaced = (words: readonly string[]) => words.join(' ')
