import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect } from 'vitest'
import { open } from '../../../src/adapters/credentials/redis.ts'
import type { Change, Login } from '../../../src/core/credential/change.ts'
import type { Target } from '../../../src/core/credential/target.ts'
import { Secret } from '../../../src/core/secret.ts'
import { itWith } from '../../peers.ts'
import { freePort } from '../../support/servers/own-process.ts'
import { type RedisOrder, RedisServer } from '../../support/servers/redis.ts'

const full = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'
const PLAIN = { mode: 'disable', ca: null, serverName: null } as const
const running: RedisServer[] = []
afterEach(async () => {
  for (const server of running.splice(0)) await server.close()
})

const password = () => randomBytes(24).toString('base64url')
const login = (user: string, text: string): Login => ({ user, password: new Secret(text) })

async function start(program: string, order: RedisOrder = {}): Promise<RedisServer> {
  const server = new RedisServer(program, order)
  running.push(server)
  return server.start()
}

function targetOf({ port }: { readonly port: number }, more: Partial<Target> = {}): Target {
  return { driver: 'redis', host: '127.0.0.1', port, database: null, tls: PLAIN, options: {}, ...more }
}

const replace = (user: string, fresh: string): Change => ({ kind: 'replace', user, fresh: new Secret(fresh) })
const add = (user: string, fresh: string, current: string): Change => ({
  kind: 'add',
  user,
  fresh: new Secret(fresh),
  current: new Secret(current),
})
const retire = (user: string, keep: string, old: string): Change => ({
  kind: 'retire',
  user,
  keep: new Secret(keep),
  old: new Secret(old),
})

describe('the changes, at a real Redis', () => {
  itWith(
    'redis-server',
    'dual: both work after `add`, one after `retire`, and each may be done twice',
    async (program) => {
      const [old, fresh] = [password(), password()]
      const server = await start(program!, { logins: { app: old } })
      const system = open(targetOf(server))
      const kinds = async () => [
        (await system.probe(login('app', old))).kind,
        (await system.probe(login('app', fresh))).kind,
        (await system.probe(login('app', password()))).kind,
      ]
      expect(await kinds()).toEqual(['yes', 'no', 'no'])
      for (let times = 0; times < 2; times += 1) {
        expect(await system.carryOut(add('app', fresh, old), server.admin)).toBeNull()
        expect(await kinds()).toEqual(['yes', 'yes', 'no'])
      }
      for (let times = 0; times < 2; times += 1) {
        await system.carryOut(retire('app', fresh, old), server.admin)
        expect(await kinds()).toEqual(['no', 'yes', 'no'])
      }
    },
  )

  itWith('redis-server', 'leave no third password, whoever put it there', async (program) => {
    const [old, third, fresh] = [password(), password(), password()]
    const server = await start(program!, { logins: { app: old } })
    await server.ask(['ACL', 'SETUSER', 'app', `>${third}`])
    const system = open(targetOf(server))
    await system.carryOut(add('app', fresh, old), server.admin)
    expect((await system.probe(login('app', third))).kind).toBe('no')
  })

  itWith('redis-server', 'keep what the user may do, and make no user that was not there', async (program) => {
    const server = await start(program!, { logins: { app: password() }, rules: { app: '+@read -keys' } })
    const rights = async () => String(await server.ask(['ACL', 'LIST'])).match(/user app .*?(~\S+.*?)(?=,user|$)/)?.[1]
    const before = await rights()
    await open(targetOf(server)).carryOut(replace('app', password()), server.admin)
    expect(await rights()).toBe(before)
    await expect(open(targetOf(server)).carryOut(replace('nobody', password()), server.admin)).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(await server.ask(['ACL', 'USERS'])).toEqual(['admin', 'app', 'default'])
  })

  itWith(
    'redis-server',
    'single: a login changes itself, also when an earlier run got as far as that',
    async (program) => {
      const [old, fresh] = [password(), password()]
      const server = await start(program!, { logins: { app: old } })
      const system = open(targetOf(server))
      await system.carryOut(replace('app', fresh), login('app', old))
      await system.carryOut(replace('app', fresh), login('app', old))
      expect((await system.probe(login('app', fresh))).kind).toBe('yes')
      expect((await system.probe(login('app', old))).kind).toBe('no')
    },
  )

  itWith('redis-server', 'a server with requirepass alone has a login without a name', async (program) => {
    const [old, fresh] = [password(), password()]
    const server = await start(program!, { settings: [`requirepass ${old}`] })
    const system = open(targetOf(server))
    expect(await system.preflight([replace('', fresh)], login('', old))).toEqual([])
    await system.carryOut(replace('', fresh), login('', old))
    expect((await system.probe(login('', fresh))).kind).toBe('yes')
    expect((await system.probe(login('', old))).kind).toBe('no')
    await server.stop()
    await server.start()
    expect((await system.probe(login('', fresh))).kind).toBe('yes')
    expect((await system.probe(login('', old))).kind).toBe('no')
  })

  for (const users of ['aclfile', 'config'] as const)
    itWith('redis-server', `outlive a restart, with users in the ${users}`, async (program) => {
      const [old, fresh] = [password(), password()]
      const server = await start(program!, { users, logins: { app: old } })
      const system = open(targetOf(server))
      await system.carryOut(add('app', fresh, old), server.admin)
      await server.stop()
      await server.start()
      expect([(await system.probe(login('app', old))).kind, (await system.probe(login('app', fresh))).kind]).toEqual([
        'yes',
        'yes',
      ])
      await system.carryOut(retire('app', fresh, old), server.admin)
      await server.stop()
      await server.start()
      expect([(await system.probe(login('app', old))).kind, (await system.probe(login('app', fresh))).kind]).toEqual([
        'no',
        'yes',
      ])
    })

  itWith('redis-server', 'are saved by the next run when the last one ended before that', async (program) => {
    const [old, fresh] = [password(), password()]
    const server = await start(program!, { users: 'aclfile', logins: { app: old } })
    await open(targetOf(server, { options: { persist: 'none' } })).carryOut(replace('app', fresh), server.admin)
    await open(targetOf(server)).carryOut(replace('app', fresh), server.admin)
    await server.stop()
    await server.start()
    expect((await open(targetOf(server)).probe(login('app', fresh))).kind).toBe('yes')
  })

  itWith('redis-server', 'show no password to MONITOR, SLOWLOG, the log or the files', async (program) => {
    const [old, fresh] = [password(), password()]
    const order = {
      users: 'aclfile',
      logins: { app: old },
      settings: ['slowlog-log-slower-than 0', 'loglevel debug'],
    } as const
    const server = await start(program!, { ...order, settings: [...order.settings, 'logfile redis.log'] })
    const watched = await monitor(server)
    const system = open(targetOf(server))
    await system.carryOut(add('app', fresh, old), server.admin)
    await system.probe(login('app', fresh))
    await system.carryOut(retire('app', fresh, old), server.admin)
    const seen = await watched.end()
    expect(seen).toContain('"AUTH" "(redacted)"')
    const slow = JSON.stringify(await server.ask(['SLOWLOG', 'GET', '100']))
    const files = ['users.acl', 'redis.log', 'redis.conf'].map((name) =>
      readFileSync(join(server.folder, name), 'utf8'),
    )
    for (const text of [seen, slow, ...files])
      for (const secret of [old, fresh]) expect(text.includes(secret)).toBe(false)
  })

  itWith(
    'redis-server',
    'disconnect who is connected as the user at the end, where that is asked for',
    async (program) => {
      const [old, fresh] = [password(), password()]
      const server = await start(program!, { logins: { app: old } })
      const sessions = async () => String(await server.ask(['CLIENT', 'LIST'])).split('user=app').length - 1
      const session = await connected(server, login('app', old))
      await open(targetOf(server)).carryOut(add('app', fresh, old), server.admin)
      await open(targetOf(server)).carryOut(retire('app', fresh, old), server.admin)
      expect(await sessions()).toBe(1)
      await open(targetOf(server, { options: { kill: 'true' } })).carryOut(retire('app', fresh, old), server.admin)
      expect(await sessions()).toBe(0)
      session.destroy()
    },
  )
})

describe('several nodes', () => {
  itWith(
    'redis-server',
    'are all changed, and a password that one of them does not know is not there yet',
    async (program) => {
      const [old, fresh] = [password(), password()]
      const order = { logins: { app: old } }
      const [one, other] = [await start(program!, order), await start(program!, order)]
      const both = open(targetOf(one, { options: { nodes: `127.0.0.1:${one.port},127.0.0.1:${other.port}` } }))
      await open(targetOf(one)).carryOut(add('app', fresh, old), one.admin)
      expect((await both.probe(login('app', fresh))).kind).toBe('no')
      // The administrators' passwords differ: the second node cannot be changed with the first one's.
      await expect(both.carryOut(add('app', fresh, old), one.admin)).rejects.toMatchObject({ code: 'permission' })
      await other.ask(['ACL', 'SETUSER', 'admin', `>${one.admin.password.reveal()}`])
      await both.carryOut(add('app', fresh, old), one.admin)
      const asOneHost = open(targetOf(one, { host: `127.0.0.1:${one.port},127.0.0.1:${other.port}`, port: null }))
      expect((await asOneHost.probe(login('app', fresh))).kind).toBe('yes')
      expect((await both.probe(login('app', fresh))).kind).toBe('yes')
    },
  )
})

describe('what is found out beforehand', () => {
  itWith('redis-server', 'nothing, where all is well', async (program) => {
    const server = await start(program!, { users: 'aclfile', logins: { app: password() } })
    expect(await open(targetOf(server)).preflight([replace('app', password())], server.admin)).toEqual([])
  })

  itWith(
    'redis-server',
    'a server that forgets its users at a restart, unless that is said to be right',
    async (program) => {
      const server = await start(program!, { users: 'nowhere', logins: { app: password() } })
      const changes = [replace('app', password())]
      expect(await open(targetOf(server)).preflight(changes, server.admin)).toEqual([
        'it has neither an aclfile nor a configuration file, so that a restart brings the old password back',
      ])
      const wanted = open(targetOf(server, { options: { persist: 'none' } }))
      expect(await wanted.preflight(changes, server.admin)).toEqual([])
      await wanted.carryOut(changes[0]!, server.admin)
    },
  )

  itWith('redis-server', 'a user that is not there, is off, or needs no password', async (program) => {
    const server = await start(program!, { logins: { off: password(), free: password() } })
    await server.ask(['ACL', 'SETUSER', 'off', 'off'])
    await server.ask(['ACL', 'SETUSER', 'free', 'nopass'])
    const changes = ['nobody', 'off', 'free'].map((user) => replace(user, password()))
    expect(await open(targetOf(server)).preflight(changes, server.admin)).toEqual([
      'there is no user nobody',
      'the user off is switched off',
      'the user free needs no password (nopass)',
    ])
  })

  itWith('redis-server', 'a login that may not make the change', async (program) => {
    const weak = password()
    const rules = { weak: '+acl|getuser +acl|whoami +acl|dryrun +config|get +info' }
    const server = await start(program!, { logins: { app: password(), weak }, rules })
    expect(await open(targetOf(server)).preflight([replace('app', password())], login('weak', weak))).toEqual([
      'the login may not say ACL SETUSER',
      'the login may not say CONFIG REWRITE',
    ])
    const change = open(targetOf(server)).carryOut(replace('app', password()), login('weak', weak))
    await expect(change).rejects.toMatchObject({ code: 'permission' })
  })

  itWith('redis-server', 'a replica, to which users are not copied', async (program) => {
    const order = { logins: { app: password() } }
    const master = await start(program!, { ...order, settings: ['repl-diskless-sync-delay 0'] })
    const auth = ['masteruser admin', `masterauth ${master.admin.password.reveal()}`]
    const copy = await start(program!, { ...order, settings: [`replicaof 127.0.0.1 ${master.port}`, ...auth] })
    for (
      let tries = 0;
      tries < 200 && !String(await master.ask(['INFO', 'replication'])).includes('state=online');
      tries += 1
    )
      await new Promise((resolve) => setTimeout(resolve, 50))
    const hint = 'there are other nodes, and Redis does not copy users to them: name every node in the option nodes'
    const changes = [replace('app', password())]
    expect(await open(targetOf(master)).preflight(changes, master.admin)).toEqual([hint])
    expect(await open(targetOf(copy)).preflight(changes, copy.admin)).toEqual([hint])
    const self = await open(targetOf(copy)).preflight([replace('admin', password())], copy.admin)
    expect(self).toContain(
      'this replica logs in to its master as the same user: give the replication a user of its own',
    )
  })
})

describe('what a login comes to', () => {
  itWith(
    'redis-server',
    'is no where `default` needs no password, and PING is answered to anybody',
    async (program) => {
      const server = await start(program!, { logins: { app: password() } })
      expect(await open(targetOf(server)).probe(login('app', password()))).toEqual({ kind: 'no' })
      expect((await open(targetOf(server)).probe(login('', password()))).kind).toBe('unknown')
    },
  )

  itWith('redis-server', 'is yes for a user who may hardly do anything', async (program) => {
    const right = password()
    const server = await start(program!, { logins: { app: right }, rules: { app: '+get' } })
    const system = open(targetOf(server))
    expect(await system.probe(login('app', right))).toEqual({ kind: 'yes' })
    expect(await system.probe(login('app', right), 'GET health')).toEqual({ kind: 'yes' })
    expect((await system.probe(login('app', right), 'SET health 1')).kind).toBe('failed')
  })

  itWith(
    'redis-server',
    'is unknown where nobody listens, the server is full, or it is still loading',
    async (program) => {
      const right = password()
      const app = login('app', right)
      const server = await start(program!, { logins: { app: right }, settings: ['maxclients 1'] })
      const gone = await open(targetOf({ port: await freePort() })).probe(app)
      expect(gone).toEqual({ kind: 'unknown', why: 'it cannot be reached (ECONNREFUSED)' })
      const sessions = await connected(server, app)
      expect(await open(targetOf(server)).probe(app)).toEqual({ kind: 'unknown', why: 'it has too many connections' })
      sessions.destroy()
    },
  )

  // It waits for twenty seconds.
  if (full)
    itWith('redis-server', 'is unknown where the server says nothing, after a while', async (program) => {
      const right = password()
      const server = await start(program!, { logins: { app: right } })
      server.pause()
      const found = await open(targetOf(server)).probe(login('app', right))
      expect(found).toEqual({ kind: 'unknown', why: 'it did not answer in time' })
    })

  itWith('redis-server', 'is unknown, and no failure of the statement, while the server loads', async (program) => {
    const app = login('app', password())
    const settings = ['enable-debug-command yes', 'loading-process-events-interval-bytes 1024']
    const server = await start(program!, { logins: { app: app.password.reveal() }, settings })
    await server.ask(['DEBUG', 'POPULATE', '20000'])
    await server.ask(['CONFIG', 'SET', 'key-load-delay', '500'])
    const reload = server.ask(['DEBUG', 'RELOAD']).catch(() => {})
    await new Promise((resolve) => setTimeout(resolve, 300))
    const probe = await open(targetOf(server)).probe(app, 'GET health')
    expect(probe).toEqual({ kind: 'unknown', why: 'it is still loading its data' })
    await server.stop('SIGKILL')
    await reload
  })
})

/** A connection that stays, logged in. */
async function connected(server: RedisServer, who: Login) {
  const socket = connect(server.port, '127.0.0.1')
  socket.write(`AUTH ${who.user} ${who.password.reveal()}\r\n`)
  await new Promise((resolve) => socket.once('data', resolve))
  return socket
}

/** All that MONITOR shows until the end. */
async function monitor(server: RedisServer) {
  const socket = await connected(server, server.admin)
  let seen = ''
  socket.on('data', (chunk) => (seen += chunk.toString('utf8')))
  socket.write('MONITOR\r\n')
  await new Promise((resolve) => socket.once('data', resolve))
  return {
    async end() {
      await new Promise((resolve) => setTimeout(resolve, 50))
      socket.destroy()
      return seen
    },
  }
}
