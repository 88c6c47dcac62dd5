import type { DriverName } from '../../target.ts'
import type { ConnectionKind, HostAndPort } from '../connection.ts'
import { pairHosts, readHosts } from '../hosts.ts'
import { firstOf, type Parameter, plainKey, slotsOf, valuesOf } from '../parameters.ts'
import { ambiguous } from '../refuse.ts'
import type { Reading } from '../slot.ts'
import { statedTls } from '../stated-tls.ts'
import { ADO, BRACES, type Quoting } from './quoting.ts'

const USER_KEYS = ['userid', 'uid', 'user', 'username']
const PASSWORD_KEYS = ['password', 'pwd']
const HOST_KEYS = ['server', 'host', 'datasource', 'address', 'addr', 'networkaddress', 'servername']
const DATABASE_KEYS = ['database', 'initialcatalog', 'databasename', 'db']
const TELLING = [...USER_KEYS, ...PASSWORD_KEYS, ...HOST_KEYS, 'dsn']
const ODBC_KEYS = ['driver', 'dsn', 'filedsn']

/** Names of ODBC drivers, and of keys that only one system's driver has. */
const SYSTEMS: readonly (readonly [RegExp, DriverName])[] = [
  [/postgres/i, 'postgres'],
  [/mariadb/i, 'mariadb'],
  [/mysql/i, 'mysql'],
]

export interface PropertiesPlace {
  readonly kind: ConnectionKind
  /** Where the first property begins. */
  readonly start: number
  /** The host of a URL that goes on with properties. */
  readonly address: string | null
}

const ALONE: PropertiesPlace = { kind: 'properties', start: 0, address: null }

/**
 * Reads `Key=Value;Key=Value`, as ADO.NET and ODBC have it. They quote differently, and what tells them apart is `Driver` or `DSN`.
 *
 * @returns null for a text of another kind
 * @throws SealwardError unsupported for a value that ADO.NET and ODBC read differently, and for a user or password twice
 */
export function readProperties(value: string, place: PropertiesPlace = ALONE): Reading | null {
  const parameters = place.kind === 'jdbc' ? readAll(value, place.start, BRACES) : readEither(value)
  if (parameters === null || (place.address === null && !looksLikeOne(parameters))) return null
  const [users, passwords] = [slotsOf(parameters, USER_KEYS), slotsOf(parameters, PASSWORD_KEYS)]
  if (users.length > 1) throw ambiguous('names a user twice')
  if (passwords.length > 1) throw ambiguous('has a password twice')
  const values = valuesOf(parameters)
  const driver = place.kind === 'jdbc' ? null : driverOf(values)
  return {
    connection: {
      kind: place.kind,
      driver,
      hosts: hostsOf(values, place.address),
      options: {},
      database: firstOf(values, DATABASE_KEYS) ?? null,
      tls: statedTls(values, driver),
    },
    users,
    passwords,
  }
}

/** One pair alone may be anything; with two, one of them has to be of a connection. */
function looksLikeOne(parameters: readonly Parameter[]): boolean {
  return parameters.length > 1 && parameters.some(({ key }) => TELLING.includes(key))
}

/** A key that tells ODBC has to be one by both ways to read it: `;Driver=` may also be a part of a password. */
function readEither(value: string): Parameter[] | null {
  const asAdo = readAll(value, 0, ADO)
  if (asAdo !== null && !isOdbc(asAdo)) {
    const inBraces = asAdo.some(({ slot: { start } }) => value[start] === '{')
    if (inBraces) throw ambiguous('has a value in braces, and neither Driver nor DSN, which say that it is for ODBC')
    return asAdo
  }
  const asOdbc = readAll(value, 0, BRACES)
  if (asOdbc !== null && isOdbc(asOdbc)) {
    const inQuotes = asOdbc.some(({ slot: { start } }) => value[start] === '"' || value[start] === "'")
    if (inQuotes) throw ambiguous('has a value in quotes, which drivers of ODBC read differently')
    return asOdbc
  }
  if (asAdo !== null) throw ambiguous('can be read as one of ADO.NET and as one of ODBC')
  return null
}

function isOdbc(parameters: readonly Parameter[]): boolean {
  return parameters.some(({ key }) => ODBC_KEYS.includes(key))
}

function readAll(value: string, start: number, quoting: Quoting): Parameter[] | null {
  const parameters: Parameter[] = []
  let at = start
  while (at < value.length) {
    if (value[at] === ';' || value[at]!.trim() === '') {
      at += 1
      continue
    }
    const equals = value.indexOf('=', at)
    const name = equals < 0 ? '' : value.slice(at, equals)
    if (!/^[A-Za-z][A-Za-z0-9 ._-]{0,63}$/.test(name)) return null
    const slot = quoting.read(value, equals + 1)
    if (slot === null) return null
    parameters.push({ key: plainKey(name.trim()), name: name.trim(), slot: slot.slot })
    at = slot.next
  }
  return parameters
}

function hostsOf(values: ReadonlyMap<string, string>, address: string | null): HostAndPort[] {
  if (address !== null && address !== '') return readHosts(address.split('\\')[0]!) ?? []
  const spelled = firstOf(values, HOST_KEYS)?.replace(/^tcp:/i, '')
  const [host, port] = /^([^,]*),([0-9]{1,5})$/.exec(spelled ?? '')?.slice(1) ?? [spelled, firstOf(values, ['port'])]
  return pairHosts(host, port)
}

function driverOf(values: ReadonlyMap<string, string>): DriverName | null {
  const named = values.get('driver')
  return named === undefined ? null : (SYSTEMS.find(([pattern]) => pattern.test(named))?.[1] ?? null)
}
