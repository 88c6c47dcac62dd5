import { randomBytes } from 'node:crypto'
import type { Login } from '../../../src/core/credential/change.ts'
import { scramVerifier } from '../../../src/core/credential/statements/scram.ts'
import type { Strategy } from '../../../src/core/credential/target.ts'
import { MariadbServer } from '../servers/mariadb.ts'
import { MysqlServer } from '../servers/mysql.ts'
import type { MysqlFamilyServer } from '../servers/mysql-family.ts'
import { PostgresServer } from '../servers/postgres.ts'
import { type CredentialPlace, filesWith, holdsOne, type ServedPlaces } from './place.ts'

export const FIRST = randomBytes(18).toString('base64url')

/** What is logged in the worst case: everything. */
const POSTGRES = [
  'log_statement=all',
  'log_min_duration_statement=0',
  'log_connections=on',
  'shared_preload_libraries=pg_stat_statements',
  'pg_stat_statements.track_utility=on',
]
const MYSQL = [
  '--general-log=1',
  '--general-log-file=general.log',
  '--slow-query-log=1',
  '--slow-query-log-file=slow.log',
  '--long-query-time=0',
  '--log-bin=binlog',
  '--server-id=1',
]

export interface WantedPlace {
  readonly strategy: Strategy
  /** Without an admin the login changes itself. */
  readonly alone?: boolean
}

/** PostgreSQL, with everything in its log. */
export async function postgresPlaces(
  programs: readonly [string, string],
  wanted: readonly WantedPlace[],
): Promise<ServedPlaces> {
  const server = await new PostgresServer(programs, { settings: POSTGRES }).start()
  await server.ask('CREATE EXTENSION pg_stat_statements')
  const places = wanted.map((one) => databasePlace('postgres', server, one))
  for (const user of places.flatMap(({ users }) => users))
    await server.ask(`CREATE ROLE ${user} LOGIN PASSWORD '${scramVerifier(FIRST)}'`)
  return {
    places,
    async traces(texts) {
      const seen = JSON.stringify(await server.ask('SELECT query FROM pg_stat_statements'))
      const said = Buffer.from(server.folder.output())
      if (!seen.includes('ALTER ROLE') || !said.includes('ALTER ROLE')) return ['nothing was logged']
      const own = holdsOne(said, texts) ? ['output'] : []
      return [...filesWith(server.folder.path, texts), ...own, ...(holdsOne(Buffer.from(seen), texts) ? ['seen'] : [])]
    },
    close: () => server.close(),
  }
}

export function mariadbPlaces(programs: readonly [string, string], wanted: readonly WantedPlace[]) {
  return mysqlFamilyPlaces(new MariadbServer(programs, { settings: MYSQL }), wanted)
}

export function mysqlPlaces(program: string, wanted: readonly WantedPlace[]) {
  return mysqlFamilyPlaces(new MysqlServer(program, { settings: MYSQL }), wanted)
}

async function mysqlFamilyPlaces(server: MysqlFamilyServer, wanted: readonly WantedPlace[]): Promise<ServedPlaces> {
  await server.start()
  const places = wanted.map((one) => databasePlace(server.driver, server, one))
  for (const user of places.flatMap(({ users }) => users))
    await server.ask(`CREATE USER ${user} IDENTIFIED BY '${FIRST}'`)
  return {
    places,
    async traces(texts) {
      const logged = filesWith(server.folder.path, new Set(['ALTER USER']))
      if (!logged.some((path) => path.endsWith('general.log'))) return ['nothing was logged']
      const own = holdsOne(Buffer.from(server.folder.output()), texts) ? ['output'] : []
      return [...filesWith(server.folder.path, texts), ...own]
    },
    close: () => server.close(),
  }
}

interface Asked {
  readonly port: number
  readonly admin: Login
  ask(sql: string, login: Login): Promise<unknown>
}

function databasePlace(
  scheme: string,
  server: Asked,
  wanted: WantedPlace,
): CredentialPlace & { readonly users: readonly string[] } {
  const { strategy, alone = false } = wanted
  const users = usersOf(wanted)
  return {
    title: `${scheme}, ${strategy}${alone ? ' by itself' : ''}`,
    hasOverlap: strategy !== 'single',
    port: server.port,
    users,
    entry: () => `url: DATABASE_URL, tls: { mode: disable }, ${entryOf(wanted)}`,
    values: (port) => ({
      DATABASE_URL: `${scheme}://${users[0]}:${FIRST}@127.0.0.1:${port}/${scheme === 'postgres' ? 'postgres' : ''}`,
      ...(alone ? {} : { ADMIN_USER: server.admin.user, ADMIN: server.admin.password.reveal() }),
    }),
    knock: (login) => server.ask('SELECT 1', login),
  }
}

/** Every place at one server has users of its own. */
export function usersOf({ strategy, alone = false }: WantedPlace): readonly string[] {
  const name = `app_${strategy}${alone ? '_alone' : ''}`
  return strategy === 'alternating' ? [`${name}_a`, `${name}_b`] : [name]
}

/** With variables ADMIN_USER and ADMIN. */
export function entryOf(wanted: WantedPlace): string {
  const { strategy, alone = false } = wanted
  return [
    `strategy: ${strategy}`,
    ...(alone ? [] : ['admin: { user: ADMIN_USER, password: ADMIN }']),
    ...(strategy === 'alternating' ? [`users: [${usersOf(wanted).join(', ')}]`] : []),
    ...(strategy === 'single' ? [] : ['grace: 1h']),
  ].join(', ')
}
