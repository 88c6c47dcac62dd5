import { randomBytes } from 'node:crypto'
import { afterAll, describe, expect } from 'vitest'
import { open } from '../../../../src/adapters/credentials/postgres.ts'
import type { Login } from '../../../../src/core/credential/change.ts'
import { Secret } from '../../../../src/core/secret.ts'
import { itWith } from '../../../peers.ts'
import { hammer } from '../../../support/hammer.ts'
import { PostgresServer } from '../../../support/servers/postgres.ts'

const PEERS = ['initdb', 'postgres']
const LOGGED = ['log_statement=all', 'log_min_duration_statement=0', 'shared_preload_libraries=pg_stat_statements']
let running: Promise<PostgresServer> | null = null
afterAll(async () => (await running)?.close())

/** One for all the tests here: each has logins of its own. */
function start(programs: string[]): Promise<PostgresServer> {
  running ??= new PostgresServer([programs[0]!, programs[1]!], { settings: LOGGED }).start()
  return running
}

const fresh = () => new Secret(randomBytes(24).toString('base64url'))
const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/** A login with a password that nobody knows but the server and us. */
async function login(server: PostgresServer, user: string, rights = ''): Promise<Login> {
  const password = fresh()
  await server.ask(`CREATE ROLE ${quoted(user)} LOGIN ${rights} PASSWORD '${password.reveal()}'`)
  return { user, password }
}

describe('PostgreSQL', () => {
  itWith(
    PEERS,
    'changes passwords, twice over, of everybody and of itself, and writes none into logs',
    async (...programs) => {
      const server = await start(programs)
      const system = open(server.target())
      const names = [
        'plain name',
        'o\'brien "x"',
        'back\\slash',
        'Ünï-кириллица-漢',
        "'; DROP ROLE admin; --",
        'a'.repeat(63),
      ]
      const plain: Secret[] = []
      await server.ask('CREATE EXTENSION pg_stat_statements')
      for (const name of names) {
        const old = await login(server, name)
        const change = { kind: 'replace', user: name, fresh: fresh() } as const
        const next = { user: name, password: change.fresh }
        expect(await system.preflight([change], server.admin)).toEqual([])
        await system.carryOut(change, server.admin)
        expect(await system.probe(old)).toEqual({ kind: 'no' })
        expect(await system.probe(next, 'SELECT 1')).toEqual({ kind: 'yes' })
        await system.carryOut(change, server.admin)
        const own = { kind: 'replace', user: name, fresh: fresh() } as const
        expect(await system.preflight([own], next)).toEqual([])
        await system.carryOut(own, next)
        expect(await system.probe({ user: name, password: own.fresh })).toEqual({ kind: 'yes' })
        expect(await system.probe(next)).toEqual({ kind: 'no' })
        plain.push(change.fresh, own.fresh)
      }
      const seen = await server.ask('SELECT query FROM pg_stat_statements')
      expect(seen.length).toBeGreaterThan(5)
      await server.stop()
      expect(server.folder.filesWith('ALTER ROLE').map((path) => path.split('/').at(-1))).toEqual([
        'pg_stat_statements.stat',
        'output',
      ])
      for (const password of plain) {
        expect(JSON.stringify(seen)).not.toContain(password.reveal())
        expect(server.folder.filesWith(password.reveal())).toEqual([])
      }
      await server.start()
    },
  )

  itWith(PEERS, 'takes odd passwords as the server and its clients read them', async (...programs) => {
    const server = await start(programs)
    const system = open(server.target())
    await login(server, 'odd')
    for (const text of [' \'\\"%$ ', 'Zürich', 'a\u00a0b', '\u30d1\u30b9', '\uff21\uff22', '🔑', 'עברית']) {
      const password = new Secret(text)
      await system.carryOut({ kind: 'replace', user: 'odd', fresh: password }, server.admin)
      expect([text, await system.probe({ user: 'odd', password })]).toEqual([text, { kind: 'yes' }])
    }
  })

  itWith(PEERS, 'with hash: server leaves the hashing to it, on this machine', async (...programs) => {
    const server = await start(programs)
    const system = open(server.target({ options: { hash: 'server' } }))
    await login(server, 'plain')
    for (const text of ['it\'s \\ "odd"', "E'\\'"]) {
      const password = new Secret(text)
      await system.carryOut({ kind: 'replace', user: 'plain', fresh: password }, server.admin)
      expect(await system.probe({ user: 'plain', password })).toEqual({ kind: 'yes' })
    }
    const [row] = await server.ask(
      "SELECT rolpassword LIKE 'SCRAM-SHA-256$%' AS scram FROM pg_authid WHERE rolname = 'plain'",
    )
    expect(row).toEqual({ scram: true })
  })

  itWith(PEERS, 'a pair that turns into a role alternates, and a client sees no failure', async (...programs) => {
    const server = await start(programs)
    const system = open(server.target({ options: { role: 'app' } }))
    await server.ask('CREATE ROLE app NOLOGIN')
    await server.ask('GRANT CREATE ON SCHEMA public TO app')
    const [a, b] = [await login(server, 'app_a', 'IN ROLE app'), await login(server, 'app_b', 'IN ROLE app')]
    for (const user of ['app_a', 'app_b']) await server.ask(`ALTER ROLE ${user} SET role TO app`)
    let current = a
    const next = { user: 'app_b', password: fresh() }
    const changes = [
      { kind: 'replace', user: 'app_b', fresh: next.password },
      { kind: 'replace', user: 'app_a', fresh: fresh() },
    ] as const
    expect(await system.preflight(changes, server.admin)).toEqual([])
    const work = async () => {
      await system.carryOut(changes[0], server.admin)
      expect(await system.probe(next, 'CREATE TABLE made_by_b ()')).toEqual({ kind: 'yes' })
      current = next
      await new Promise((resolve) => setTimeout(resolve, 200))
      await system.carryOut(changes[1], server.admin)
      await system.carryOut({ ...changes[1], fresh: fresh() }, server.admin)
    }
    const { failures, succeeded } = await hammer(() => server.ask('SELECT 1', current), work)
    expect(failures).toEqual([])
    expect(succeeded).toBeGreaterThan(20)
    expect(await server.ask("SELECT tableowner FROM pg_tables WHERE tablename = 'made_by_b'")).toEqual([
      { tableowner: 'app' },
    ])
    expect([await system.probe(a), await system.probe(b)]).toEqual([{ kind: 'no' }, { kind: 'no' }])
    // As itself, such a login first has to leave the role that it turned into.
    await system.carryOut({ kind: 'replace', user: 'app_b', fresh: a.password }, next)
    expect(await system.probe({ user: 'app_b', password: a.password })).toEqual({ kind: 'yes' })
  })

  itWith(PEERS, 'the hammer sees a change in place', async (...programs) => {
    const server = await start(programs)
    const system = open(server.target())
    const old = await login(server, 'alone')
    const work = () => system.carryOut({ kind: 'replace', user: 'alone', fresh: fresh() }, server.admin)
    expect((await hammer(() => server.ask('SELECT 1', old), work)).failures.length).toBeGreaterThan(0)
  })
})
