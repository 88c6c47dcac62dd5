import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import type { Login } from '../../../src/core/credential/change.ts'
import type { Target } from '../../../src/core/credential/target.ts'
import { Secret } from '../../../src/core/secret.ts'
import { DatabaseFolder } from './database-folder.ts'
import { freePort } from './own-process.ts'

export interface PostgresOrder {
  /** PEM. Without one it does not speak TLS. */
  readonly tls?: { readonly pem: string; readonly key: string }
  /** `name=value` of postgresql.conf. */
  readonly settings?: readonly string[]
  /** Lines of pg_hba.conf that come before the one that asks everybody for a password. */
  readonly doors?: readonly string[]
}

/** A real PostgreSQL of a test's own. */
export class PostgresServer {
  readonly folder = new DatabaseFolder()
  readonly admin: Login = { user: 'admin', password: new Secret(randomBytes(18).toString('base64url')) }
  port = 0
  readonly #programs: readonly [initdb: string, postgres: string]
  readonly #order: PostgresOrder

  constructor(programs: readonly [initdb: string, postgres: string], order: PostgresOrder = {}) {
    this.#programs = programs
    this.#order = order
  }

  async start(): Promise<this> {
    if (this.port === 0) await this.#prepare()
    const { tls, settings = [] } = this.#order
    const all = [
      `port=${this.port}`,
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'fsync=off',
      ...(tls === undefined ? [] : ['ssl=on', 'ssl_key_file=../key.pem', 'ssl_cert_file=../cert.pem']),
      ...settings,
    ]
    const args = ['-D', this.folder.data, ...all.flatMap((setting) => ['-c', setting])]
    await this.folder.start([this.#programs[1], ...args], this.port)
    // It listens before it lets anybody in.
    for (let tries = 0; ; tries += 1) {
      try {
        await this.ask('SELECT 1')
        return this
      } catch (error) {
        if (tries === 100) throw error
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
  }

  /** Whoever is connected is disconnected. */
  async stop(): Promise<void> {
    await this.folder.stop('SIGINT')
  }

  async close(): Promise<void> {
    await this.folder.close()
  }

  async ask(sql: string, login: Login = this.admin): Promise<Record<string, unknown>[]> {
    const client = await this.connect(login)
    try {
      return (await client.query(sql)).rows
    } finally {
      await client.end()
    }
  }

  async connect(login: Login = this.admin): Promise<Client> {
    const client = new Client({
      host: '127.0.0.1',
      port: this.port,
      user: login.user,
      database: 'postgres',
      password: () => login.password.reveal(),
      ssl: false,
    })
    client.on('error', () => undefined)
    await client.connect()
    return client
  }

  target(changes: Partial<Target> = {}): Target {
    return {
      driver: 'postgres',
      host: '127.0.0.1',
      port: this.port,
      database: 'postgres',
      tls: { mode: 'disable', ca: null, serverName: null },
      options: {},
      ...changes,
    }
  }

  async #prepare(): Promise<void> {
    const { tls, doors = [] } = this.#order
    this.port = await freePort()
    const pwfile = this.folder.write('password', this.admin.password.reveal())
    const how = [
      '--auth=scram-sha-256',
      '--username=admin',
      `--pwfile=${pwfile}`,
      '--encoding=UTF8',
      '--no-locale',
      '--no-sync',
    ]
    this.folder.prepare(this.#programs[0], ['-D', this.folder.data, ...how])
    this.folder.write('password', '')
    if (tls !== undefined) {
      this.folder.write('cert.pem', tls.pem)
      this.folder.write('key.pem', tls.key)
    }
    const everybody = 'host all all 127.0.0.1/32 scram-sha-256'
    this.folder.write('data/pg_hba.conf', `${[...doors, everybody].join('\n')}\n`)
  }
}
