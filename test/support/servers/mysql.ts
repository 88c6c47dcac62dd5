import { it } from 'vitest'
import { findPeer } from '../../peers.ts'
import { MysqlFamilyServer, type MysqlOrder } from './mysql-family.ts'

/** A `mysqld`, or a script that runs one with what it is given. Debian has none but in its unstable branch: .ci/peers tries to fetch it. */
const PROGRAM = process.env.SEALWARD_MYSQLD || findPeer('mysqld-of-mysql')

/** A test that needs a real MySQL. Without one it is skipped by name, in CI too: whether it can be had is in nobody's hand. */
export function itWithMysql(title: string, run: (program: string) => Promise<void>): void {
  if (PROGRAM === null) it.skip(`${title} (needs MySQL in SEALWARD_MYSQLD, and is skipped without it in CI too)`)
  else it(title, () => run(PROGRAM))
}

/** A real MySQL of a test's own. */
export class MysqlServer extends MysqlFamilyServer {
  readonly driver = 'mysql'
  readonly #program: string

  constructor(program: string, order: MysqlOrder = {}) {
    super(order)
    this.#program = program
  }

  protected initialise(): void {
    this.folder.prepare(this.#program, ['--no-defaults', '--initialize-insecure', `--datadir=${this.folder.data}`])
  }

  protected command(): readonly [string, ...string[]] {
    const tls = this.order.tls === undefined ? ['--tls-version='] : []
    return [
      this.#program,
      '--no-defaults',
      `--datadir=${this.folder.data}`,
      '--mysqlx=OFF',
      '--secure-file-priv=NULL',
      ...tls,
    ]
  }
}
