import { randomBytes } from 'node:crypto'
import { type Connection, createConnection } from 'mysql2/promise'
import type { Login } from '../../../src/core/credential/change.ts'
import type { DriverName, Target } from '../../../src/core/credential/target.ts'
import { Secret } from '../../../src/core/secret.ts'
import { DatabaseFolder } from './database-folder.ts'
import { freePort } from './own-process.ts'

export interface MysqlOrder {
  /** PEM. Without one it does not speak TLS. */
  readonly tls?: { readonly pem: string; readonly key: string }
  /** Options of the server: `--max-connections=2`. */
  readonly settings?: readonly string[]
}

/** What MySQL and MariaDB have in common. A test uses one of the two below it. */
export abstract class MysqlFamilyServer {
  abstract readonly driver: DriverName
  readonly folder = new DatabaseFolder()
  readonly admin: Login = { user: 'admin', password: new Secret(randomBytes(18).toString('base64url')) }
  port = 0
  protected readonly order: MysqlOrder

  constructor(order: MysqlOrder = {}) {
    this.order = order
  }

  /** Makes the data, with `root` at this machine and no password. */
  protected abstract initialise(): void
  /** The program and what it needs beside what both understand. */
  protected abstract command(): readonly [string, ...string[]]

  async start(): Promise<this> {
    const isNew = this.port === 0
    if (isNew) {
      this.port = await freePort()
      this.initialise()
    }
    const { tls, settings = [] } = this.order
    if (tls !== undefined) {
      this.folder.write('cert.pem', tls.pem)
      this.folder.write('key.pem', tls.key)
    }
    const ways = [`--port=${this.port}`, '--bind-address=127.0.0.1', `--socket=${this.socket}`, '--skip-name-resolve']
    const secure =
      tls === undefined ? [] : [`--ssl-key=${this.folder.path}/key.pem`, `--ssl-cert=${this.folder.path}/cert.pem`]
    await this.folder.start([...this.command(), ...ways, ...secure, ...settings], this.port)
    if (isNew) await this.#makeAdmin()
    return this
  }

  get socket(): string {
    return `${this.folder.path}/s`
  }

  async stop(): Promise<void> {
    await this.folder.stop('SIGTERM')
  }

  async close(): Promise<void> {
    await this.folder.close()
  }

  async ask(sql: string, login: Login = this.admin): Promise<Record<string, unknown>[]> {
    const connection = await this.connect(login)
    try {
      const [rows] = await connection.query(sql)
      return rows as Record<string, unknown>[]
    } finally {
      await connection.end()
    }
  }

  /** Over this machine's network. */
  connect(login: Login = this.admin): Promise<Connection> {
    return createConnection({ host: '127.0.0.1', port: this.port, user: login.user, password: login.password.reveal() })
  }

  target(changes: Partial<Target> = {}): Target {
    return {
      driver: this.driver,
      host: '127.0.0.1',
      port: this.port,
      database: null,
      tls: { mode: 'disable', ca: null, serverName: null },
      options: {},
      ...changes,
    }
  }

  async #makeAdmin(): Promise<void> {
    const root = await this.#asRoot()
    const { user, password } = this.admin
    await root.query(`CREATE USER ${user} IDENTIFIED BY '${password.reveal()}'`)
    await root.query(`GRANT ALL ON *.* TO ${user} WITH GRANT OPTION`)
    // MariaDB comes with accounts for whoever has no name, which shadow all others at this machine.
    const [nameless] = await root.query("SELECT Host AS host FROM mysql.user WHERE User = ''")
    for (const { host } of nameless as { host: string }[]) await root.query(`DROP USER ''@'${host}'`)
    await root.end()
  }

  /** It listens at the port before it does at the socket. */
  async #asRoot(): Promise<Connection> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await createConnection({ socketPath: this.socket, user: 'root' })
      } catch (error) {
        if (tries === 100) throw error
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
  }
}
