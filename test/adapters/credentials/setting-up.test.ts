import { readFileSync } from 'node:fs'
import { describe, expect } from 'vitest'
import { open as openMariadb } from '../../../src/adapters/credentials/mariadb.ts'
import { open as openPostgres } from '../../../src/adapters/credentials/postgres.ts'
import { open as openRedis } from '../../../src/adapters/credentials/redis.ts'
import type { Change } from '../../../src/core/credential/change.ts'
import { Secret } from '../../../src/core/secret.ts'
import { itWith } from '../../peers.ts'
import { MariadbServer } from '../../support/servers/mariadb.ts'
import { PostgresServer } from '../../support/servers/postgres.ts'
import { RedisServer } from '../../support/servers/redis.ts'

const DOCS = readFileSync(new URL('../../../docs/credentials.md', import.meta.url), 'utf8')
const SEALWARD = { user: 'sealward', password: new Secret('of-the-admin') }
const PAIR: readonly Change[] = ['orders_a', 'orders_b'].map((user) => ({
  kind: 'replace',
  user,
  fresh: new Secret(`new-of-${user}`),
}))

const LOCAL = { host: '127.0.0.1', database: null, tls: { mode: 'disable', ca: null, serverName: null } } as const

/** What an administrator is told to say once is enough, and is taken as it is printed. */
describe('the lines of docs/credentials.md that set up', () => {
  itWith(['initdb', 'postgres'], 'PostgreSQL, two logins of one role', async (initdb, postgres) => {
    const server = await new PostgresServer([initdb!, postgres!]).start()
    try {
      for (const line of statements('### PostgreSQL: two logins of one role')) await server.ask(line)
      await server.ask(`ALTER ROLE sealward PASSWORD '${SEALWARD.password.reveal()}'`)
      const system = openPostgres(server.target({ options: { role: 'orders' } }))
      expect(await system.preflight(PAIR, SEALWARD)).toEqual([])
      await expectDone(system)
    } finally {
      await server.close()
    }
  })

  itWith(['mariadb-install-db', 'mariadbd'], 'MariaDB, two logins with one role', async (install, mariadbd) => {
    const server = await new MariadbServer([install!, mariadbd!]).start()
    try {
      await server.ask('CREATE DATABASE shop')
      // This server speaks no TLS.
      const lines = ['### MariaDB: two ways to log in', '### MySQL and MariaDB: two logins with one role']
        .flatMap((heading) => statements(heading))
        .map((line) => line.replace("'...'", `'${SEALWARD.password.reveal()}'`).replace(' REQUIRE SSL', ''))
      for (const line of lines) await server.ask(line)
      await server.ask("SET DEFAULT ROLE orders FOR orders_b@'%'")
      const system = openMariadb(server.target({ database: 'shop' }))
      expect(await system.preflight(PAIR, SEALWARD)).toEqual([])
      await expectDone(system)
    } finally {
      await server.close()
    }
  })

  itWith('redis-server', 'Redis', async (program) => {
    for (const users of ['aclfile', 'config'] as const) {
      const logins = { orders_a: 'x', orders_b: 'y' }
      const server = await new RedisServer(program!, { users, logins }).start()
      try {
        const line = blockAfter('### Redis').trim().replace('>...', `>${SEALWARD.password.reveal()}`)
        expect(await server.ask(line.split(' '))).toBe('OK')
        const system = openRedis({ ...LOCAL, driver: 'redis', port: server.port, options: { kill: 'true' } })
        expect(await system.preflight(PAIR, SEALWARD)).toEqual([])
        await expectDone(system)
      } finally {
        await server.close()
      }
    }
  })
})

async function expectDone(system: ReturnType<typeof openRedis>): Promise<void> {
  for (const change of PAIR) {
    await system.carryOut(change, SEALWARD)
    const { user, fresh } = change as Extract<Change, { kind: 'replace' }>
    expect(await system.probe({ user, password: fresh })).toEqual({ kind: 'yes' })
  }
}

function blockAfter(heading: string): string {
  return /^```\w*\n(.*?)^```/ms.exec(DOCS.slice(DOCS.indexOf(heading)))![1]!
}

/** Without comments, and without what is for MySQL alone. */
function statements(heading: string): readonly string[] {
  const lines = blockAfter(heading).split('\n')
  const kept = lines.filter((line) => !line.endsWith('-- MySQL')).map((line) => line.replace(/--.*/, ''))
  return kept
    .join('\n')
    .split(';')
    .map((one) => one.trim())
    .filter(Boolean)
}
