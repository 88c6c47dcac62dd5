import type { ConnectionKind, HostAndPort } from '../connection.ts'
import { pairHosts, readHosts } from '../hosts.ts'
import { firstOf, type Parameter, slotsOf, valuesOf } from '../parameters.ts'
import { ambiguous } from '../refuse.ts'
import type { Reading, Slot } from '../slot.ts'
import { statedTls } from '../stated-tls.ts'
import { percentDecoded, percentEncoded } from './percent.ts'
import { type Plus, readQuery } from './query.ts'
import type { Scheme } from './schemes.ts'

const USER_KEYS = ['user', 'username']
const PASSWORD_KEYS = ['password']
const SOCKET_KEYS = ['host', 'unixsocket', 'socket', 'socketpath']

/** The parts of an address, by where they stand. RFC 3986 section 3.2. */
interface Parts {
  readonly scheme: Scheme
  readonly start: number
  /** Where the `@` is; -1 without one. */
  readonly at: number
  readonly authorityEnd: number
  readonly queryStart: number
  /** Where the fragment begins. */
  readonly end: number
  readonly limit: number
}

/** Where in a text a URL is, and how it is read there. */
export interface UrlPlace {
  readonly kind: ConnectionKind
  readonly scheme: Scheme
  /** Behind `://`. */
  readonly start: number
  readonly end: number
  readonly plus: Plus
}

/**
 * Reads one URL that has an authority.
 *
 * @returns null for one without a login of a system that we do not know
 * @throws SealwardError unsupported where programs read the login differently
 */
export function readUrl(value: string, place: UrlPlace): Reading | null {
  const { kind, scheme, plus } = place
  const parts = split(value, place)
  if (scheme.driver === null && parts.at < 0) return null
  const hosts = readHosts(value.slice(parts.at < 0 ? parts.start : parts.at + 1, parts.authorityEnd))
  refuseStray(value, parts, hosts)
  if (hosts === null) throw ambiguous('has a host or a port that is none')
  const parameters = parts.queryStart < 0 ? [] : readQuery(value, parts.queryStart, { end: parts.end, plus })
  return readingOf(value, { kind, parts, hosts, parameters })
}

function split(value: string, { scheme, start, end: limit }: UrlPlace): Parts {
  const hash = value.indexOf('#', start)
  const end = hash < 0 || hash > limit ? limit : hash
  const until = (character: string) => {
    const found = value.indexOf(character, start)
    return found < 0 || found > end ? end : found
  }
  const question = until('?')
  const authorityEnd = Math.min(until('/'), question, end)
  // An `@` within a password is wrong and common. WHATWG's parser and those of most languages take the last one for the end.
  const at = value.lastIndexOf('@', authorityEnd - 1)
  const queryStart = question < end ? question + 1 : -1
  return { scheme, start, at: at < start ? -1 : at, authorityEnd, queryStart, end, limit }
}

/** A raw `/`, `?` or `#` in a password moves the end of the authority: some then read the half of it as a port, and some do not. */
function refuseStray(value: string, parts: Parts, hosts: HostAndPort[] | null): void {
  const { start, at, authorityEnd, limit } = parts
  const stray = value.lastIndexOf('@', limit - 1)
  if (at >= 0 || stray < authorityEnd) return
  const authority = value.slice(start, authorityEnd)
  const question = value.indexOf('?', start)
  const inPath = question < 0 || stray < question
  const login = authority.includes(':') && !authority.includes(',') && !authority.startsWith('[')
  if (hosts === null || (login && inPath)) throw ambiguous('has a / ? or # in its login that is not percent-encoded')
}

interface Whole {
  readonly kind: ConnectionKind
  readonly parts: Parts
  readonly hosts: readonly HostAndPort[]
  readonly parameters: readonly Parameter[]
}

function readingOf(value: string, { kind, parts, hosts, parameters }: Whole): Reading {
  const { scheme, authorityEnd, queryStart, end } = parts
  const values = valuesOf(parameters)
  const inQuery = { users: slotsOf(parameters, USER_KEYS), passwords: slotsOf(parameters, PASSWORD_KEYS) }
  const { user, password } = userinfoOf(value, parts)
  const users = user === null || (user.text === '' && inQuery.users.length > 0) ? [] : [user]
  const passwords = password === null ? [] : [password]
  if (users.length + inQuery.users.length > 1) throw ambiguous('names a user twice')
  if (passwords.length + inQuery.passwords.length > 1) throw ambiguous('has a password twice')
  const pathEnd = queryStart < 0 ? end : queryStart - 1
  const path = percentDecoded(value.slice(authorityEnd, pathEnd).replace(/^\//, ''))
  const tls = new Map(values)
  if (scheme.tls !== null && !tls.has('tls') && !tls.has('ssl')) tls.set('tls', String(scheme.tls))
  return {
    connection: {
      kind,
      driver: scheme.driver,
      hosts: hostsOf(hosts, values, scheme),
      database: path === '' ? (firstOf(values, ['dbname', 'database']) ?? null) : path,
      options: optionsOf(values, scheme),
      tls: statedTls(tls, scheme.driver),
    },
    users: [...users, ...inQuery.users],
    passwords: [...passwords, ...inQuery.passwords],
  }
}

/** The URI options of MongoDB that decide where users are, and who is asked. */
function optionsOf(values: ReadonlyMap<string, string>, { driver, srv }: Scheme): Readonly<Record<string, string>> {
  if (driver !== 'mongodb') return {}
  const [authSource, replicaSet] = [values.get('authsource'), values.get('replicaset')]
  return {
    ...(authSource !== undefined && { 'auth-source': authSource }),
    ...(replicaSet !== undefined && { 'replica-set': replicaSet }),
    ...(srv && { srv: 'true' }),
  }
}

/** With PostgreSQL a host in the query comes before that of the authority, which is then there for parsers that ask for one. */
function hostsOf(hosts: readonly HostAndPort[], values: ReadonlyMap<string, string>, { driver }: Scheme) {
  if (driver === 'postgres' && values.has('host')) return pairHosts(values.get('host'), values.get('port'))
  return hosts.length > 0 ? hosts : pairHosts(firstOf(values, SOCKET_KEYS), undefined)
}

/** RFC 3986 section 3.2.1: the first `:` ends the user, and the password may have more of them. */
function userinfoOf(value: string, { start, at }: Parts): { user: Slot | null; password: Slot | null } {
  if (at < 0) return { user: null, password: null }
  const colon = value.indexOf(':', start)
  const userEnd = colon < 0 || colon > at ? at : colon
  const slot = (from: number, to: number): Slot => ({
    start: from,
    end: to,
    text: percentDecoded(value.slice(from, to)),
    spell: percentEncoded,
  })
  return { user: slot(start, userEnd), password: userEnd === at ? null : slot(userEnd + 1, at) }
}
