import { Socket } from 'node:net'
import { type Connection, type ConnectionOptions, createConnection, type RowDataPacket } from 'mysql2'
import type { Login } from '../../../core/credential/change.ts'
import type { Target } from '../../../core/credential/target.ts'
import { isSocket } from '../../../core/credential/tls.ts'
import { within } from '../deadline.ts'
import { type Link, linksOf, tlsOptions } from '../tls-options.ts'
import { lacksTls } from './trouble.ts'

const USUAL_PORT = 3306
const CONNECT_MS = 10_000
const STATEMENT_MS = 10_000
const GOODBYE_MS = 1000

export type Row = Readonly<Record<string, unknown>>

/** One connection, while it lasts. */
export interface MysqlSession {
  /** Whether nobody on the way can read what is said. */
  readonly isPrivate: boolean
  /** For questions of our own, of a few rows. */
  ask(text: string, values?: readonly string[]): Promise<readonly Row[]>
  /** For statements of others: rows are counted out and dropped. */
  run(text: string): Promise<void>
}

/**
 * Logs in once, works, and hangs up.
 *
 * @throws whatever the library and the server say, and `work`: `trouble.ts` reads it
 */
export async function withMysql<T>(
  target: Target,
  login: Login,
  work: (session: MysqlSession) => Promise<T>,
): Promise<T> {
  if (isSocket(target.host)) return await over('plain', { target, login }, work)
  // MySQL calls both PREFERRED. Without TLS first, the server would already have been shown what proves the password.
  const links = target.tls.mode === 'allow' ? linksOf({ ...target.tls, mode: 'prefer' }) : linksOf(target.tls)
  const [first, second] = links
  try {
    return await over(first!, { target, login }, work)
  } catch (error) {
    if (second === undefined || !lacksTls(error)) throw error
    return await over(second, { target, login }, work)
  }
}

async function over<T>(
  link: Link,
  { target, login }: { readonly target: Target; readonly login: Login },
  work: (session: MysqlSession) => Promise<T>,
): Promise<T> {
  const socket = new NamedSocket(nameIn(target))
  // Stays for good: a socket that fails when nobody waits for it would end the program.
  socket.on('error', () => undefined)
  try {
    const connection = createConnection(connectionOptions(link, { target, login, socket }))
    connection.on('error', () => undefined)
    connect(socket, target)
    await within(CONNECT_MS, connected(connection))
    try {
      return await work(sessionOf(connection, link === 'tls' || isSocket(target.host)))
    } finally {
      await within(GOODBYE_MS, new Promise((resolve) => connection.end(resolve))).catch(() => undefined)
    }
  } finally {
    socket.destroy()
  }
}

/**
 * The library asks node for no name where the host is an address. Node looks here then, and takes `localhost` where it finds nothing: any
 * certificate for that name would do. What node itself writes here as it connects is not what the certificate has to say.
 */
class NamedSocket extends Socket {
  readonly #name: string

  constructor(name: string) {
    super()
    this.#name = name
  }

  get _host(): string {
    return this.#name
  }

  set _host(_: string) {}
}

interface Opening {
  readonly target: Target
  readonly login: Login
  readonly socket: Socket
}

function connectionOptions(link: Link, { target, login, socket }: Opening): ConnectionOptions {
  return {
    stream: socket,
    host: nameIn(target),
    user: login.user,
    password: login.password.reveal(),
    ...(target.database !== null && { database: target.database }),
    ...(link === 'tls' && { ssl: sslOptions(target) }),
    // Both sides keep time: the library's clock starts before the connection does.
    connectTimeout: CONNECT_MS,
    charset: 'utf8mb4',
    // Parsers that are put together from texts are for heavier use than this.
    disableEval: true,
    flags: ['-LOCAL_FILES'],
    connectAttributes: { program_name: 'sealward' },
  }
}

/** What the certificate has to say; a host to the library, which connects to nothing by itself here. */
function nameIn({ tls, host }: Target): string {
  return tls.serverName ?? host
}

/** The library knows these few, and replaces node's check of the name by its own. A fresh object: its sessions are resumed otherwise. */
function sslOptions({ tls, host }: Target): NonNullable<ConnectionOptions['ssl']> {
  const { rejectUnauthorized, minVersion } = tlsOptions(tls, host) ?? {}
  return {
    rejectUnauthorized: rejectUnauthorized !== false,
    verifyIdentity: tls.mode === 'verify-full',
    ...(minVersion !== undefined && { minVersion }),
    ...(tls.ca !== null && { ca: tls.ca }),
  }
}

function connect(socket: Socket, { host, port }: Target): void {
  if (isSocket(host)) socket.connect(host)
  else socket.setNoDelay(true).connect(port ?? USUAL_PORT, host)
}

function connected(connection: Connection): Promise<void> {
  return new Promise((resolve, reject) => connection.connect((error) => (error === null ? resolve() : reject(error))))
}

function sessionOf(connection: Connection, isPrivate: boolean): MysqlSession {
  return {
    isPrivate,
    ask: (text, values = []) =>
      within(
        STATEMENT_MS,
        new Promise((resolve, reject) => {
          const answer = (error: Error | null, rows: RowDataPacket[]) =>
            error === null ? resolve(rows) : reject(error)
          // Not every question can be prepared.
          if (values.length === 0) connection.query<RowDataPacket[]>(text, answer)
          else connection.execute<RowDataPacket[]>(text, [...values], answer)
        }),
      ),
    run: (text) =>
      within(
        STATEMENT_MS,
        new Promise((resolve, reject) => {
          const query = connection.query(text)
          // With listeners, and without a callback, the library keeps no rows.
          query.on('result', () => undefined)
          query.on('error', reject)
          query.on('end', () => resolve())
        }),
      ),
  }
}
