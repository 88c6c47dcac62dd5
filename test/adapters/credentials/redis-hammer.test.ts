import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect } from 'vitest'
import { open } from '../../../src/adapters/credentials/redis.ts'
import type { Login } from '../../../src/core/credential/change.ts'
import type { Target } from '../../../src/core/credential/target.ts'
import { Secret } from '../../../src/core/secret.ts'
import { itWith } from '../../peers.ts'
import { hammer } from '../../support/hammer.ts'
import { RedisServer } from '../../support/servers/redis.ts'

const ROUNDS = 3

let server: RedisServer | null = null
afterEach(() => server?.close())

const password = () => randomBytes(24).toString('base64url')
const login = (user: string, text: string): Login => ({ user, password: new Secret(text) })

function systemAt({ port }: RedisServer) {
  const tls = { mode: 'disable', ca: null, serverName: null } as const
  const target: Target = { driver: 'redis', host: '127.0.0.1', port, database: null, tls, options: {} }
  return open(target)
}

describe('clients that open short connections all through it', () => {
  itWith('redis-server', 'meet no refused login while one user has two passwords in turn', async (program) => {
    let current = password()
    server = await new RedisServer(program!, { users: 'aclfile', logins: { app: current } }).start()
    const [system, { admin }] = [systemAt(server), server]
    const found = await hammer(
      () => server!.ask(['GET', 'health'], login('app', current)),
      async () => {
        for (let round = 0; round < ROUNDS; round += 1) {
          const [old, fresh] = [current, password()]
          const both = { user: 'app', fresh: new Secret(fresh), current: new Secret(old) }
          await system.carryOut({ kind: 'add', ...both }, admin)
          expect(await system.probe(login('app', fresh))).toEqual({ kind: 'yes' })
          current = fresh
          await settled()
          await system.carryOut({ kind: 'retire', user: 'app', keep: new Secret(fresh), old: new Secret(old) }, admin)
          expect(await system.probe(login('app', old))).toEqual({ kind: 'no' })
        }
      },
    )
    expect(found.failures).toEqual([])
    expect(found.succeeded).toBeGreaterThan(20)
  })

  itWith('redis-server', 'meet no refused login while two users take turns', async (program) => {
    const users = { app_a: password(), app_b: password() }
    let current: 'app_a' | 'app_b' = 'app_a'
    server = await new RedisServer(program!, { logins: users }).start()
    const [system, { admin }] = [systemAt(server), server]
    const found = await hammer(
      () => server!.ask(['GET', 'health'], login(current, users[current])),
      async () => {
        for (let round = 0; round < ROUNDS; round += 1) {
          const idle = current === 'app_a' ? 'app_b' : 'app_a'
          const fresh = password()
          await system.carryOut({ kind: 'replace', user: idle, fresh: new Secret(fresh) }, admin)
          users[idle] = fresh
          current = idle
          await settled()
        }
      },
    )
    expect(found.failures).toEqual([])
    expect(found.succeeded).toBeGreaterThan(20)
  })

  itWith('redis-server', 'do meet one where the only password is replaced', async (program) => {
    const old = password()
    server = await new RedisServer(program!, { logins: { app: old } }).start()
    const [system, { admin }] = [systemAt(server), server]
    const found = await hammer(
      () => server!.ask(['GET', 'health'], login('app', old)),
      async () => void (await system.carryOut({ kind: 'replace', user: 'app', fresh: new Secret(password()) }, admin)),
    )
    expect(found.failures.length).toBeGreaterThan(0)
  })
})

/** Whoever was about to log in with the old password has done so. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 100))
