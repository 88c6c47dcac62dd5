import { randomBytes } from 'node:crypto'
import { afterAll } from 'vitest'
import { open as openMariadb } from '../../../../src/adapters/credentials/mariadb.ts'
import { open as openMysql } from '../../../../src/adapters/credentials/mysql.ts'
import type { Login } from '../../../../src/core/credential/change.ts'
import { Secret } from '../../../../src/core/secret.ts'
import type { OpenCredentialSystem } from '../../../../src/tasks/world/credentials.ts'
import { itWith } from '../../../peers.ts'
import { MariadbServer } from '../../../support/servers/mariadb.ts'
import { itWithMysql, MysqlServer } from '../../../support/servers/mysql.ts'
import type { MysqlFamilyServer, MysqlOrder } from '../../../support/servers/mysql-family.ts'

export interface Family {
  readonly name: 'MySQL' | 'MariaDB'
  readonly open: OpenCredentialSystem
  /** A test with servers of this kind, which are gone after it. */
  it(title: string, run: (start: (order?: MysqlOrder) => Promise<MysqlFamilyServer>) => Promise<void>): void
}

export const FAMILIES: readonly Family[] = [
  {
    name: 'MariaDB',
    open: openMariadb,
    it: (title, run) =>
      itWith(['mariadb-install-db', 'mariadbd'], title, (install, mariadbd) =>
        withServers({ name: 'MariaDB', make: (order) => new MariadbServer([install!, mariadbd!], order) }, run),
      ),
  },
  {
    name: 'MySQL',
    open: openMysql,
    it: (title, run) =>
      itWithMysql(title, (mysqld) =>
        withServers({ name: 'MySQL', make: (order) => new MysqlServer(mysqld, order) }, run),
      ),
  },
]

type Make = (order: MysqlOrder) => MysqlFamilyServer

/** Without an order, a test gets what others before it got. */
const shared = new Map<string, Promise<MysqlFamilyServer>>()
afterAll(async () => {
  for (const server of shared.values()) await (await server).close()
}, 30_000)

async function withServers(
  { name, make }: { readonly name: string; readonly make: Make },
  run: (start: (order?: MysqlOrder) => Promise<MysqlFamilyServer>) => Promise<void>,
): Promise<void> {
  const own: MysqlFamilyServer[] = []
  try {
    await run(async (order) => {
      if (order === undefined) return await sharedBy(name, make)
      const server = make(order)
      own.push(server)
      return await server.start()
    })
  } finally {
    await Promise.all(own.map((server) => server.close()))
  }
}

function sharedBy(name: string, make: Make): Promise<MysqlFamilyServer> {
  const server = shared.get(name) ?? make({}).start()
  shared.set(name, server)
  return server
}

export const fresh = () => new Secret(randomBytes(24).toString('base64url'))
export const literal = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

/** A new account with a password that nobody knows but the server and us. */
export async function login(server: MysqlFamilyServer, user: string, host = '%'): Promise<Login> {
  const password = fresh()
  await server.ask(`DROP USER IF EXISTS ${literal(user)}@${literal(host)}`)
  await server.ask(`CREATE USER ${literal(user)}@${literal(host)} IDENTIFIED BY ${literal(password.reveal())}`)
  return { user, password }
}
