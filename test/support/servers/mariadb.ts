import { MysqlFamilyServer, type MysqlOrder } from './mysql-family.ts'

/** A real MariaDB of a test's own. */
export class MariadbServer extends MysqlFamilyServer {
  readonly driver = 'mariadb'
  readonly #programs: readonly [install: string, mariadbd: string]

  constructor(programs: readonly [install: string, mariadbd: string], order: MysqlOrder = {}) {
    super(order)
    this.#programs = programs
  }

  protected initialise(): void {
    const how = ['--auth-root-authentication-method=normal', '--skip-test-db']
    this.folder.prepare(this.#programs[0], ['--no-defaults', `--datadir=${this.folder.data}`, ...how])
  }

  protected command(): readonly [string, ...string[]] {
    const tls = this.order.tls === undefined ? ['--skip-ssl'] : []
    return [this.#programs[1], '--no-defaults', `--datadir=${this.folder.data}`, ...tls]
  }
}
