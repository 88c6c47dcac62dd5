import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect } from 'vitest'
import { credentialSystems } from '../../../src/adapters/credentials/systems.ts'
import type { Login } from '../../../src/core/credential/change.ts'
import { scramVerifier } from '../../../src/core/credential/statements/scram.ts'
import { Secret } from '../../../src/core/secret.ts'
import type { Fate } from '../../fakes/credentials/mortal.ts'
import { itWith } from '../../peers.ts'
import { type CredentialScene, credentialScene, type SceneSystem } from '../../support/credential-scene.ts'
import { hammer } from '../../support/hammer.ts'
import { newMember } from '../../support/sealing.ts'
import { MariadbServer } from '../../support/servers/mariadb.ts'
import { itWithMysql, MysqlServer } from '../../support/servers/mysql.ts'
import type { MysqlFamilyServer } from '../../support/servers/mysql-family.ts'
import { PostgresServer } from '../../support/servers/postgres.ts'
import { RedisServer } from '../../support/servers/redis.ts'

/** Every call of a port in CI; elsewhere a few. */
const FULL = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'
const STEP = FULL ? 1 : 17
const FATES: readonly Fate[] = FULL ? ['kill-before', 'kill-after', 'error-after'] : ['kill-after']
const POSTGRES = ['log_statement=all', 'log_min_duration_statement=0']
const MARIADB = [
  '--general-log=1',
  '--general-log-file=general.log',
  '--slow-query-log=1',
  '--long-query-time=0',
  '--log-bin',
]
const FIRST = randomBytes(18).toString('base64url')

/** A real server, as a rotation and the application know it. */
interface Place {
  readonly scheme: string
  readonly port: number
  readonly path: string
  readonly admin: Login
  readonly folder: string
  /** Logs in afresh, as an application would, and hangs up. */
  knock(login: Login): Promise<unknown>
  close(): Promise<void>
}

const open: Place[] = []
afterEach(async () => {
  for (const place of open.splice(0)) await place.close()
})

describe('a real system, and a process that ends at any call of a port: a login that works is committed, and no log has it', () => {
  itWith(['initdb', 'postgres'], 'PostgreSQL, alternating', async (initdb, postgres) =>
    matrix(await postgresAt([initdb!, postgres!]), 'alternating'),
  )
  itWith(['initdb', 'postgres'], 'PostgreSQL, single', async (initdb, postgres) =>
    matrix(await postgresAt([initdb!, postgres!]), 'single'),
  )
  itWith(['mariadb-install-db', 'mariadbd'], 'MariaDB, dual', async (install, mariadbd) =>
    matrix(await mysqlAt(new MariadbServer([install!, mariadbd!], { settings: MARIADB })), 'dual'),
  )
  itWith(['mariadb-install-db', 'mariadbd'], 'MariaDB, alternating', async (install, mariadbd) =>
    matrix(await mysqlAt(new MariadbServer([install!, mariadbd!], { settings: MARIADB })), 'alternating'),
  )
  itWithMysql('MySQL, dual', async (mysqld) => matrix(await mysqlAt(new MysqlServer(mysqld)), 'dual'))
  itWith('redis-server', 'Redis, dual', async (program) => matrix(await redisAt(program!), 'dual'))
  itWith('redis-server', 'Redis, alternating', async (program) => matrix(await redisAt(program!), 'alternating'))
})

/** Rotation follows rotation, each of them ended somewhere; with an overlap clients go on logging in all through it. */
async function matrix(place: Place, strategy: 'single' | 'dual' | 'alternating'): Promise<void> {
  const scene = await sceneAt(place, strategy)
  await rotate(scene)
  const calls = scene.calls
  expect(calls).toBeGreaterThan(10)
  const work = async () => {
    for (let at = 0; at <= calls; at += STEP)
      for (const fate of FATES) {
        await scene.run({}, { at, fate })
        await scene.run()
        await place.knock(await committed(scene))
        await rotate(scene)
      }
  }
  if (strategy === 'single') await work()
  else
    expect((await hammer(async () => place.knock(await committed(scene)), work, { clients: 1 })).failures).toEqual([])
  expect([...scene.hidden].length).toBeGreaterThan(3)
  const seeded = [FIRST, place.admin.password.reveal()]
  for (const password of scene.hidden)
    if (!seeded.includes(password)) expect(filesWith(place.folder, password)).toEqual([])
}

/** What is under way is ended, at once. */
async function rotate(scene: CredentialScene): Promise<void> {
  for (let lap = 0; lap < 3; lap += 1) {
    const { outcome } = (await scene.run({ retry: true }))!
    expect(['waiting', 'rotated', 'rolled-back']).toContain(outcome.kind)
    scene.later(25)
    if (outcome.kind === 'rotated') return
  }
}

async function committed(scene: CredentialScene): Promise<Login> {
  const { user, password } = await scene.committed()
  return { user, password: new Secret(password) }
}

async function sceneAt(place: Place, strategy: 'single' | 'dual' | 'alternating'): Promise<CredentialScene> {
  const user = strategy === 'alternating' ? 'app_a' : 'app'
  const users = strategy === 'alternating' ? ', users: [app_a, app_b]' : ''
  const system: SceneSystem = {
    entry: `url: DATABASE_URL, tls: { mode: disable }, admin: { user: ADMIN_USER, password: ADMIN }, strategy: ${strategy}${users}`,
    values: {
      DATABASE_URL: `${place.scheme}://${user}:${FIRST}@127.0.0.1:${place.port}${place.path}`,
      ...{ ADMIN_USER: place.admin.user, ADMIN: place.admin.password.reveal() },
    },
    first: { user, password: FIRST },
    systems: credentialSystems(null),
  }
  return credentialScene(strategy, { member: await newMember(), system })
}

async function postgresAt(programs: readonly [string, string]): Promise<Place> {
  const server = await new PostgresServer(programs, { settings: POSTGRES }).start()
  const place = placeOf(server, { scheme: 'postgres', path: '/postgres', folder: server.folder.path })
  for (const user of ['app', 'app_a', 'app_b'])
    await server.ask(`CREATE ROLE ${user} LOGIN PASSWORD '${scramVerifier(FIRST)}'`)
  return place
}

async function mysqlAt(server: MysqlFamilyServer): Promise<Place> {
  await server.start()
  const place = placeOf(server, { scheme: server.driver, path: '/', folder: server.folder.path })
  for (const user of ['app', 'app_a', 'app_b']) await server.ask(`CREATE USER ${user} IDENTIFIED BY '${FIRST}'`)
  return place
}

async function redisAt(program: string): Promise<Place> {
  const logins = { app: FIRST, app_a: FIRST, app_b: FIRST }
  const server = await new RedisServer(program, { users: 'aclfile', logins }).start()
  const knock = (login: Login) => server.ask(['ACL', 'WHOAMI'], login)
  open.push({
    scheme: 'redis',
    path: '',
    port: server.port,
    admin: server.admin,
    folder: server.folder,
    knock,
    close: () => server.close(),
  })
  return open.at(-1)!
}

function placeOf(server: PostgresServer | MysqlFamilyServer, more: Pick<Place, 'scheme' | 'path' | 'folder'>): Place {
  const { port, admin } = server
  open.push({ ...more, port, admin, knock: (login) => server.ask('SELECT 1', login), close: () => server.close() })
  return open.at(-1)!
}

/** Everything that a server wrote: data, logs of statements, and the log that replicas read. */
function filesWith(folder: string, text: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return entries
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => readFileSync(path).includes(text))
}
