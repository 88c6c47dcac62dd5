import { connect } from 'node:net'
import type { Login } from '../../../src/core/credential/change.ts'
import { RedisServer } from '../servers/redis.ts'
import { entryOf, FIRST, usersOf, type WantedPlace } from './databases.ts'
import { type CredentialPlace, filesWith, holdsOne, type ServedPlaces } from './place.ts'

/** Redis, with everything in its logs, its append-only file, and somebody who monitors it. */
export async function redisPlaces(program: string, wanted: readonly WantedPlace[]): Promise<ServedPlaces> {
  const logins = Object.fromEntries(wanted.flatMap((one) => usersOf(one).map((user) => [user, FIRST])))
  const settings = ['slowlog-log-slower-than 0', 'slowlog-max-len 100000', 'appendonly yes', 'loglevel debug']
  const server = await new RedisServer(program, { users: 'aclfile', logins, settings }).start()
  const monitor = await startMonitor(server)
  return {
    places: wanted.map((one) => placeAt(server, one)),
    async traces(texts) {
      const slow = JSON.stringify(await server.ask(['SLOWLOG', 'GET', '-1']))
      if (!monitor.output().includes('"AUTH" "(redacted)"') || !slow.includes('SETUSER')) return ['nothing was seen']
      const seen = { monitor: monitor.output(), slowlog: slow }
      const found = Object.entries(seen).filter(([, text]) => holdsOne(Buffer.from(text), texts))
      return [...filesWith(server.folder, texts), ...found.map(([name]) => name)]
    },
    async close() {
      monitor.end()
      await server.close()
    },
  }
}

function placeAt(server: RedisServer, wanted: WantedPlace): CredentialPlace {
  const { strategy } = wanted
  const { admin } = server
  return {
    title: `redis, ${strategy}`,
    hasOverlap: strategy !== 'single',
    port: server.port,
    entry: () => `url: REDIS_URL, tls: { mode: disable }, ${entryOf(wanted)}`,
    values: (port) => ({
      REDIS_URL: `redis://${usersOf(wanted)[0]}:${FIRST}@127.0.0.1:${port}`,
      ...{ ADMIN_USER: admin.user, ADMIN: admin.password.reveal() },
    }),
    knock: (login: Login) => server.ask(['ACL', 'WHOAMI'], login),
  }
}

interface Monitor {
  output(): string
  end(): void
}

/** A connection of somebody who may see everything that everybody says. */
async function startMonitor({ port, admin }: RedisServer): Promise<Monitor> {
  const socket = connect(port, '127.0.0.1')
  let output = ''
  const isReady = new Promise<void>((resolve) => {
    socket.setEncoding('utf8').on('data', (text: string) => {
      output += text
      if (output.includes('+OK\r\n+OK\r\n')) resolve()
    })
  })
  socket.on('error', () => {})
  socket.write(`AUTH ${admin.user} ${admin.password.reveal()}\r\nMONITOR\r\n`)
  await isReady
  return { output: () => output, end: () => socket.destroy() }
}
