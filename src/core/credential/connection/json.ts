import { isJson } from '../../json.ts'
import type { DriverName } from '../target.ts'
import { pairHosts } from './hosts.ts'
import { members } from './json-members.ts'
import { firstOf, type Parameter, slotsOf, valuesOf } from './parameters.ts'
import { ambiguous } from './refuse.ts'
import type { Reading } from './slot.ts'
import { statedTls } from './stated-tls.ts'
import { readJdbc } from './url/jdbc.ts'
import { readUrls } from './url/urls.ts'

const USER_KEYS = ['user', 'username', 'userid', 'uid', 'login', 'dbuser', 'dbusername']
const PASSWORD_KEYS = ['password', 'pass', 'passwd', 'pwd', 'dbpassword', 'dbpass']
const HOST_KEYS = ['host', 'hostname', 'server', 'endpoint', 'address', 'dbhost']
const PORT_KEYS = ['port', 'dbport']
const DATABASE_KEYS = ['database', 'dbname', 'db', 'databasename', 'initialcatalog']
const ENGINE_KEYS = ['engine', 'driver', 'dialect', 'adapter', 'client', 'type']
const ENGINES: readonly (readonly [RegExp, DriverName])[] = [
  [/postgres|^pg$/i, 'postgres'],
  [/mariadb/i, 'mariadb'],
  [/mysql/i, 'mysql'],
  [/redis|valkey/i, 'redis'],
  [/mongo/i, 'mongodb'],
]

/**
 * Reads a JSON object with a user and a password in it, at any depth, as clouds hand them out.
 *
 * @throws SealwardError unsupported for several passwords, and for connection strings within
 */
export function readJson(value: string): Reading | null {
  if (!/^\s*\{/.test(value) || !isJson(value)) return null
  const all = members(value)
  const holders = [...new Set(all.filter(isPassword).map(({ object }) => object))]
  if (all.some(({ parameter }) => holdsLogin(parameter.slot.text))) throw ambiguous('has another one within its JSON')
  if (holders.length === 0) return null
  const parameters = all.filter(({ object }) => object === holders[0]).map(({ parameter }) => parameter)
  const [users, passwords] = [slotsOf(parameters, USER_KEYS), slotsOf(parameters, PASSWORD_KEYS)]
  if (holders.length > 1 || passwords.length > 1) throw ambiguous('has a password twice')
  if (users.length > 1) throw ambiguous('names a user twice')
  const values = valuesOf(parameters)
  const engine = firstOf(values, ENGINE_KEYS) ?? ''
  const driver = ENGINES.find(([pattern]) => pattern.test(engine))?.[1] ?? null
  return {
    connection: {
      kind: 'json',
      driver,
      hosts: pairHosts(firstOf(values, HOST_KEYS), firstOf(values, PORT_KEYS)),
      options: {},
      database: firstOf(values, DATABASE_KEYS) ?? null,
      tls: statedTls(values, driver),
    },
    users,
    passwords,
  }
}

function isPassword({ parameter: { key } }: { readonly parameter: Parameter }): boolean {
  return PASSWORD_KEYS.includes(key)
}

/** It would have to be changed as well, within the quoting of the JSON. */
function holdsLogin(text: string): boolean {
  if (!text.includes('://')) return false
  return ((text.startsWith('jdbc:') ? readJdbc(text) : readUrls(text))?.passwords.length ?? 0) > 0
}
