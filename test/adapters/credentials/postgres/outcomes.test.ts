import { createServer } from 'node:net'
import { afterAll, describe, expect } from 'vitest'
import { open } from '../../../../src/adapters/credentials/postgres.ts'
import type { Probe } from '../../../../src/core/credential/change.ts'
import type { Target } from '../../../../src/core/credential/target.ts'
import { Secret } from '../../../../src/core/secret.ts'
import { itWith } from '../../../peers.ts'
import { freePort } from '../../../support/servers/own-process.ts'
import { PostgresServer } from '../../../support/servers/postgres.ts'

const WRONG = new Secret('not-the-password')

describe('what a login at PostgreSQL comes to', () => {
  let running: Promise<PostgresServer> | null = null
  afterAll(async () => (await running)?.close())
  const start = ([initdb = '', postgres = '']: string[]) => {
    const doors = ['host all trusted all trust', 'host all stranger all reject']
    const settings = ['max_connections=4', 'superuser_reserved_connections=1']
    running ??= new PostgresServer([initdb, postgres], { doors, settings }).start()
    return running
  }

  itWith(['initdb', 'postgres'], 'only a refused password is a no', async (...programs) => {
    const server = await start(programs)
    const password = server.admin.password
    for (const how of [
      'trusted LOGIN',
      'stranger LOGIN',
      'outside NOLOGIN',
      'app LOGIN',
      "late LOGIN VALID UNTIL '2020-01-01'",
    ])
      await server.ask(`CREATE ROLE ${how} PASSWORD '${password.reveal()}'`)
    const at = (user: string, secret = password, changes: Partial<Target> = {}, statement?: string): Promise<Probe> =>
      open(server.target(changes)).probe({ user, password: secret }, statement)

    expect(await at('app')).toEqual({ kind: 'yes' })
    expect(await at('app', WRONG)).toEqual({ kind: 'no' })
    expect(await at('nobody')).toEqual({ kind: 'no' })
    expect(await at('late')).toEqual({ kind: 'no' })
    for (const secret of [password, WRONG]) expect(await at('trusted', secret)).toMatchObject({ kind: 'unknown' })
    expect(await at('stranger')).toEqual({ kind: 'unknown', why: 'it does not let this login in (28000)' })
    expect(await at('outside')).toEqual({ kind: 'unknown', why: 'it does not let this login in (28000)' })
    expect(await at('outside', WRONG)).toEqual({ kind: 'no' })
    expect(await at('app', password, { database: 'nowhere' })).toMatchObject({ kind: 'unknown' })
    expect(await at('app', password, { port: await freePort() })).toMatchObject({ kind: 'unknown' })
    expect(await at('app', password, { host: 'db.invalid' })).toMatchObject({ kind: 'unknown' })
    expect(await at('app', password, { host: '/nowhere' })).toMatchObject({ kind: 'unknown' })

    expect(await at('app', password, {}, 'SELECT pg_reload_conf()')).toEqual({
      kind: 'failed',
      why: 'the statement failed: the login may not do this (42501)',
    })
    expect(await at('app', password, {}, 'SELECT repeat(md5(n::text), 40) FROM generate_series(1, 200000) n')).toEqual({
      kind: 'yes',
    })

    // The end of a connection is no answer to the statement.
    expect(await at('app', password, {}, 'SELECT pg_terminate_backend(pg_backend_pid())')).toEqual({
      kind: 'unknown',
      why: 'the statement failed: it was shut down (57P01)',
    })

    const crowd = [await server.connect({ user: 'app', password }), await server.connect({ user: 'app', password })]
    crowd.push(await server.connect({ user: 'app', password }))
    expect(await at('app')).toEqual({ kind: 'unknown', why: 'it has too many connections (53300)' })
    expect(await at('app', WRONG)).not.toEqual({ kind: 'yes' })
    await Promise.all(crowd.map((client) => client.end()))
    await server.stop()
    expect(await at('app')).toMatchObject({ kind: 'unknown' })
  })

  itWith([], 'a server that says nothing, or cuts the line, is unknown', async () => {
    const mute = createServer((socket) => socket.on('error', () => undefined).once('data', () => socket.destroy()))
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
    const { port } = mute.address() as { port: number }
    const tls = { mode: 'disable', ca: null, serverName: null } as const
    const target: Target = { driver: 'postgres', host: '127.0.0.1', port, database: null, tls, options: {} }
    expect(await open(target).probe({ user: 'app', password: WRONG })).toMatchObject({ kind: 'unknown' })
    mute.close()
  })
})
