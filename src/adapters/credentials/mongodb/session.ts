import { isIP } from 'node:net'
import { MongoClient, type MongoClientOptions, MongoServerError } from 'mongodb'
import type { Login } from '../../../core/credential/change.ts'
import type { MongoCommand, MongoSettings } from '../../../core/credential/statements/mongodb.ts'
import type { Target } from '../../../core/credential/target.ts'
import { isLocal, isSocket } from '../../../core/credential/tls.ts'
import { SealwardError } from '../../../core/errors.ts'
import { at, type Json } from '../../../core/trust/json.ts'
import { tlsOptions } from '../tls-options.ts'
import { systemTrouble } from '../trouble.ts'

/** Runs one command at a database and waits for its answer. Throws what `troubleOf` explains. */
export type Run = (database: string, command: MongoCommand) => Promise<Json>

export interface MongoPlace {
  readonly target: Target
  readonly settings: MongoSettings
}

/** `refused`: the password is wrong. `forbidden`: the user may not do it. `error`: nobody may. `later`: it may be different in a moment. */
export interface MongoTrouble {
  readonly kind: 'refused' | 'forbidden' | 'error' | 'later'
  readonly why: string
}

const USUAL_PORT = 27017
/** A member may be about to be elected. */
const SELECTION_MS = 8000
const CONNECT_MS = 5000
const COMMAND_MS = 15_000
const MOST_HOSTS = 50
const HOST = /^(?:(?<v6>\[[0-9a-fA-F:.]{2,45}\])|(?<name>[A-Za-z0-9._-]{1,253}))(?::(?<port>\d{1,5}))?$/

const UNAUTHORIZED = 13
const AUTHENTICATION_FAILED = 18
/** Of a server that stops, starts, is not the primary, or has lost the others: https://github.com/mongodb/specifications, retryable errors. */
const LATER = new Set([6, 7, 89, 91, 189, 262, 9001, 10_107, 11_600, 11_602, 13_435, 13_436])

/** Logs in over connections of its own, and hangs up afterwards. Throws what `troubleOf` explains. */
export async function withSession<T>(place: MongoPlace, login: Login, use: (run: Run) => Promise<T>): Promise<T> {
  if (login.user === '') throw new SealwardError('unsupported', 'MongoDB knows no login without a name')
  const { user: username, password } = login
  const auth = { username, password: password.reveal() }
  const client = new MongoClient(addressOf(place), { ...clientOptions(place), auth })
  try {
    return await use((database, command) => client.db(database).command({ ...command }))
  } finally {
    await client.close()
  }
}

/** What went wrong, in our own words: what a server says is only compared. */
export function troubleOf(error: unknown): MongoTrouble {
  if (!(error instanceof MongoServerError)) return { kind: 'later', why: systemTrouble(error) }
  const code = Number(error.code)
  if (code === AUTHENTICATION_FAILED) return { kind: 'refused', why: 'it refused the password' }
  if (code === UNAUTHORIZED) return { kind: 'forbidden', why: 'the login may not do this' }
  return {
    kind: LATER.has(code) ? 'later' : 'error',
    why: `it answered with the error ${Number.isNaN(code) ? 0 : code}`,
  }
}

/** The password is part of the command, and so are those of others who listen. @throws SealwardError unsupported */
export function refuseClear({ target, settings }: MongoPlace): void {
  const hosts = hostsOf(target).map(({ host }) => bare(host))
  if (target.tls.mode !== 'disable' || (!settings.srv && hosts.every(isLocal))) return
  throw new SealwardError('unsupported', 'MongoDB is told a new password as it is: not without TLS to another machine')
}

/** Servers by SRV records ask for TLS by themselves: what the settings say counts. */
function clientOptions({ target, settings }: MongoPlace): MongoClientOptions {
  const { mode } = target.tls
  if (mode === 'allow' || mode === 'prefer')
    throw new SealwardError('unsupported', `MongoDB cannot be asked whether it speaks TLS, as the mode ${mode} wants`, {
      hint: 'use verify-full, verify-ca, require or disable',
    })
  const hosts = hostsOf(target)
  const tls = tlsOptions(target.tls, hosts.length === 1 && !settings.srv ? bare(hosts[0]!.host) : null)
  return {
    authSource: settings.authSource,
    ...(settings.replicaSet !== null && { replicaSet: settings.replicaSet }),
    ...(tls === null ? { tls: false } : { ...withoutVersion(tls), tls: true }),
    maxPoolSize: 1,
    serverMonitoringMode: 'poll',
    serverSelectionTimeoutMS: SELECTION_MS,
    connectTimeoutMS: CONNECT_MS,
    socketTimeoutMS: COMMAND_MS,
    // A login is tried once: accounts get locked.
    retryReads: false,
    retryWrites: false,
  } as MongoClientOptions
}

/** The package knows most options of node's TLS, and takes no others; Node's own least version is 1.2 as well. */
function withoutVersion<T extends { readonly minVersion?: unknown }>({
  minVersion: _,
  ...rest
}: T): Omit<T, 'minVersion'> {
  return rest
}

/** Without credentials: what is in an address shows in errors. */
function addressOf({ target, settings }: MongoPlace): string {
  if (settings.srv) {
    const name = /^[A-Za-z0-9._-]{1,253}$/.exec(target.host)?.[0]
    if (name === undefined) throw invalidHost()
    return `mongodb+srv://${name}/`
  }
  const hosts = hostsOf(target).map(({ host, port }) => (isSocket(host) ? encodeURIComponent(host) : `${host}:${port}`))
  return `mongodb://${hosts.join(',')}/`
}

/** A list with commas between them, as in a connection string; a port of its own goes before that of the target. */
function hostsOf({ host, port }: Target): readonly { readonly host: string; readonly port: number }[] {
  const usual = port ?? USUAL_PORT
  if (isSocket(host)) return [{ host, port: usual }]
  if (isIP(host) === 6) return [{ host: `[${host}]`, port: usual }]
  const parts = host.split(',', MOST_HOSTS + 1).map((part) => HOST.exec(part.trim())?.groups)
  const hosts = parts.map((part) => ({ host: part?.v6 ?? part?.name ?? '', port: Number(part?.port ?? usual) }))
  if (hosts.length > MOST_HOSTS || hosts.some((one) => one.host === '' || one.port < 1 || one.port > 65_535))
    throw invalidHost()
  return hosts
}

function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1')
}

function invalidHost(): SealwardError {
  return new SealwardError('policy-invalid', 'that is no host, nor a list of hosts, of MongoDB', {
    hint: 'host:port with commas between them, or one name with the option srv',
  })
}

/** @returns the first of a list in an answer; undefined where there is none */
export function firstOf(answer: Json, ...way: readonly string[]): Json {
  const list = at(answer, ...way)
  return Array.isArray(list) ? list[0] : undefined
}
