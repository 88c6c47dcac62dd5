import { ConnectionTimeoutError, createClient, ErrorReply, type RedisClientOptions } from '@redis/client'
import type { Login } from '../../../core/credential/change.ts'
import type { RedisNode } from '../../../core/credential/statements/redis.ts'
import type { TlsSettings } from '../../../core/credential/target.ts'
import { isSocket } from '../../../core/credential/tls.ts'
import { SealwardError } from '../../../core/errors.ts'
import { TooLate } from '../deadline.ts'
import { tlsOptions } from '../tls-options.ts'
import { systemTrouble } from '../trouble.ts'

/** Sends one command and waits for its answer. Throws what `troubleOf` explains. */
export type Ask = (...command: readonly string[]) => Promise<unknown>

export interface Server {
  readonly node: RedisNode
  readonly tls: TlsSettings
}

/** `refused`: the password is wrong. `forbidden`: the user may not do it. `error`: nobody may. `later`: it may be different in a moment. */
export interface RedisTrouble {
  readonly kind: 'refused' | 'forbidden' | 'error' | 'later'
  readonly why: string
}

const CONNECT_MS = 10_000
/** For all that is done over one connection. */
const SESSION_MS = 20_000
const USUAL_PORT = 6379

/** Errors that say nothing of what was asked. */
const LATER: Readonly<Record<string, string>> = {
  LOADING: 'it is still loading its data',
  MASTERDOWN: 'it is a replica that has lost its master',
  CLUSTERDOWN: 'the cluster is not complete',
  TRYAGAIN: 'the cluster is moving data',
  BUSY: 'it is busy with a script',
  OOM: 'it has no memory left',
}

/** Logs in over a connection of its own, and hangs up afterwards. Throws what `troubleOf` explains. */
export async function withSession<T>(server: Server, login: Login, use: (ask: Ask) => Promise<T>): Promise<T> {
  const client = createClient(clientOptions(server))
  // Every failure also comes as an event, and one that nobody listens to ends the process.
  let lost: unknown = null
  client.on('error', (error: unknown) => {
    lost ??= error
  })
  const deadline = setTimeout(() => {
    lost ??= new TooLate()
    if (client.isOpen) client.destroy()
  }, SESSION_MS)
  const ask: Ask = (...command) => client.sendCommand(command)
  try {
    await client.connect()
    await (login.user === '' ? ask('AUTH', login.password.reveal()) : ask('AUTH', login.user, login.password.reveal()))
    return await use(ask)
  } catch (error) {
    throw error instanceof ErrorReply ? error : (lost ?? error)
  } finally {
    clearTimeout(deadline)
    if (client.isOpen) client.destroy()
  }
}

/** What went wrong, in our own words: what a server says is only compared. */
export function troubleOf(error: unknown): RedisTrouble {
  // Told by its class: a bundle gives classes other names.
  if (error instanceof ConnectionTimeoutError) return { kind: 'later', why: systemTrouble(new TooLate()) }
  if (!(error instanceof ErrorReply)) return { kind: 'later', why: systemTrouble(error) }
  const { message } = error
  const code = /^[A-Z]{1,32}(?= |$)/.exec(message)?.[0] ?? 'ERR'
  if (code === 'WRONGPASS') return { kind: 'refused', why: 'it refused the password' }
  if (code === 'NOPERM') return { kind: 'forbidden', why: 'the login may not do this' }
  const later = message.includes('max number of clients') ? 'it has too many connections' : LATER[code]
  if (later !== undefined) return { kind: 'later', why: later }
  if (message.includes('without any password configured'))
    return { kind: 'error', why: 'its default user needs no password, so that none can be tried' }
  return { kind: 'error', why: `it answered with the error ${code}` }
}

/**
 * No credentials among them: the library would send them together with other commands, and again after every break.
 *
 * @throws SealwardError unsupported for a mode of TLS that is to be negotiated
 */
function clientOptions({ node, tls }: Server): Parameters<typeof createClient>[0] {
  return {
    RESP: 2,
    socket: { ...socketOf(node, tls), connectTimeout: CONNECT_MS, reconnectStrategy: false } as NonNullable<
      RedisClientOptions['socket']
    >,
    disableClientInfo: true,
    disableOfflineQueue: true,
    maintNotifications: 'disabled',
  }
}

function socketOf({ host, port }: RedisNode, tls: TlsSettings): object {
  if (isSocket(host)) return { path: host, tls: false }
  if (tls.mode === 'allow' || tls.mode === 'prefer')
    throw new SealwardError(
      'unsupported',
      `Redis cannot be asked whether it speaks TLS, as the mode ${tls.mode} wants`,
      {
        hint: 'use verify-full, verify-ca, require or disable',
      },
    )
  const options = tlsOptions(tls, host)
  const place = { host, port: port ?? USUAL_PORT }
  return options === null ? { ...place, tls: false } : { ...place, ...options, tls: true }
}
