import { Socket } from 'node:net'
import { Client, Query } from 'pg'
import type { Login } from '../../../core/credential/change.ts'
import type { Target } from '../../../core/credential/target.ts'
import { isLocal, isSocket } from '../../../core/credential/tls.ts'
import { within } from '../deadline.ts'
import { type Link, linksOf, tlsOptions, verifies } from '../tls-options.ts'
import { Ungated, Unsafe, wantsOtherLink } from './trouble.ts'

const USUAL_PORT = 5432
const CONNECT_MS = 10_000
const STATEMENT_MS = 10_000
const GOODBYE_MS = 1000

export type Row = Readonly<Record<string, unknown>>

/** One connection, while it lasts. */
export interface PostgresSession {
  /** For questions of our own, of a few rows. */
  ask(text: string, values?: readonly unknown[]): Promise<readonly Row[]>
  /** For statements of others: rows are counted out and dropped. */
  run(text: string): Promise<void>
}

/**
 * Logs in once, works, and hangs up.
 *
 * @throws whatever the library and the server say, and `work`: `trouble.ts` reads it
 */
export async function withPostgres<T>(
  target: Target,
  login: Login,
  work: (session: PostgresSession) => Promise<T>,
): Promise<T> {
  const links = isSocket(target.host) ? (['plain'] as const) : linksOf(target.tls)
  const [first, second] = links
  try {
    return await over(first!, { target, login }, work)
  } catch (error) {
    if (second === undefined || !wantsOtherLink(error)) throw error
    return await over(second, { target, login }, work)
  }
}

async function over<T>(
  link: Link,
  { target, login }: { readonly target: Target; readonly login: Login },
  work: (session: PostgresSession) => Promise<T>,
): Promise<T> {
  const socket = new Socket()
  const tls = link === 'tls' ? tlsOptions(target.tls, target.host) : null
  let [asked, isBare] = [false, false]
  const client = new Client({
    host: target.host,
    port: target.port ?? USUAL_PORT,
    user: login.user,
    database: target.database ?? login.user,
    // A function, so that nothing of the environment steps in for it, and to see whether the server asks at all.
    password: () => {
      asked = true
      if (isBare) throw new Unsafe()
      return login.password.reveal()
    },
    ssl: tls ?? false,
    sslnegotiation: 'postgres',
    client_encoding: 'UTF8',
    application_name: 'sealward',
    connectionTimeoutMillis: CONNECT_MS,
    stream: () => socket,
  })
  // A server, or who plays it, may ask for the password itself: only one that has shown who it is gets it.
  if (!isLocal(target.host) && !verifies(target.tls))
    client.connection.on('authenticationCleartextPassword', () => {
      isBare = true
    })
  // Without a listener, a connection that breaks between two statements ends the program.
  client.on('error', () => undefined)
  try {
    await client.connect()
    if (!asked) throw new Ungated()
    return await work(sessionOf(client))
  } finally {
    await within(GOODBYE_MS, client.end()).catch(() => undefined)
    socket.destroy()
  }
}

function sessionOf(client: Client): PostgresSession {
  return {
    async ask(text, values = []) {
      return (await within(STATEMENT_MS, client.query<Row>(text, [...values]))).rows
    },
    run: (text) =>
      within(
        STATEMENT_MS,
        new Promise((resolve, reject) => {
          const query = new Query(text)
          // With a listener, and without a callback, the library keeps none of them.
          query.on('row', () => undefined)
          query.on('error', reject)
          query.on('end', () => resolve())
          client.query(query)
        }),
      ),
  }
}
