import { randomBytes } from 'node:crypto'
import { afterAll, describe, expect } from 'vitest'
import { open } from '../../../../src/adapters/credentials/postgres.ts'
import { Secret } from '../../../../src/core/secret.ts'
import { itWith } from '../../../peers.ts'
import { PostgresServer } from '../../../support/servers/postgres.ts'

const password = new Secret(randomBytes(18).toString('base64url'))

describe('what stands against a change at PostgreSQL', () => {
  let running: Promise<PostgresServer> | null = null
  afterAll(async () => (await running)?.close())

  async function start([initdb = '', postgres = '']: string[]): Promise<PostgresServer> {
    running ??= new PostgresServer([initdb, postgres]).start()
    return await running
  }

  async function run(server: PostgresServer, ...statements: string[]): Promise<void> {
    for (const statement of statements) await server.ask(statement.replace('PW', `PASSWORD '${password.reveal()}'`))
  }

  const objections = (server: PostgresServer, users: string[], { admin = 'admin', options = {} } = {}) =>
    open(server.target({ options })).preflight(
      users.map((user) => ({ kind: 'replace', user, fresh: password })),
      admin === 'admin' ? server.admin : { user: admin, password },
    )

  itWith(['initdb', 'postgres'], 'of the login and of the admin', async (...programs) => {
    const server = await start(programs)
    await run(
      server,
      'CREATE ROLE app LOGIN PW',
      'CREATE ROLE shut NOLOGIN PW',
      "CREATE ROLE late LOGIN PW VALID UNTIL '2020-01-01'",
      'CREATE ROLE boss LOGIN SUPERUSER PW',
      'CREATE ROLE copies LOGIN REPLICATION PW',
      'CREATE ROLE creator LOGIN CREATEROLE PW',
      'GRANT app, copies TO creator WITH ADMIN OPTION',
    )
    expect(await objections(server, ['app'])).toEqual([])
    expect(await objections(server, ['app'], { admin: 'app' })).toEqual([])
    expect(await objections(server, ['app'], { admin: 'creator' })).toEqual([])
    expect(await objections(server, ['gone\u202e'])).toEqual(['there is no role "gone\\u202e"'])
    expect(await objections(server, ['shut'])).toEqual(['the role "shut" may not log in (NOLOGIN)'])
    expect(await objections(server, ['late'])).toEqual([
      'the password of "late" counts no longer (VALID UNTIL): a new one would not either',
    ])
    expect(await objections(server, ['creator'], { admin: 'app' })).toEqual([
      'the admin may not change "creator": it lacks CREATEROLE',
    ])
    expect(await objections(server, ['boss'], { admin: 'creator' })).toEqual([
      '"boss" is a superuser, and the admin is not',
    ])
    expect(await objections(server, ['copies'], { admin: 'creator' })).toEqual([
      '"copies" has REPLICATION, and the admin may not change such a role',
    ])
    await expect(objections(server, ['app'], { admin: 'nobody' })).rejects.toMatchObject({ code: 'permission' })
  })

  itWith(['initdb', 'postgres'], 'of two logins that are not alike', async (...programs) => {
    const server = await start(programs)
    await run(server, 'CREATE ROLE one LOGIN PW', 'CREATE ROLE two LOGIN PW', 'CREATE ROLE team NOLOGIN')
    const pair = (options = {}) => objections(server, ['one', 'two'], { options })
    expect(await pair()).toEqual([])
    await run(server, 'ALTER ROLE two CREATEDB', 'GRANT team TO one')
    expect(await pair()).toEqual([
      '"one" and "two" differ in what they may do (attributes of the roles)',
      '"one" and "two" are not members of the same roles',
    ])
    expect(await pair({ role: 'team' })).toEqual([
      '"one" and "two" differ in what they may do (attributes of the roles)',
      '"one" and "two" are not members of the same roles',
      '"one" does not turn into "team" at its start: ALTER ROLE "one" SET role TO "team"',
      '"two" is not a member of the role "team"',
    ])
    await run(server, 'ALTER ROLE two NOCREATEDB', 'GRANT team TO two')
    await run(server, 'ALTER ROLE one SET role TO team', 'ALTER ROLE two SET role TO team')
    expect(await pair({ role: 'team' })).toEqual([])
    await run(server, 'CREATE TABLE things ()', 'GRANT SELECT ON things TO one')
    expect(await pair()).toEqual([
      '"one" and "two" have privileges on different objects: grant them to a role that both are members of',
    ])
    await run(server, 'GRANT SELECT ON things TO two', 'ALTER TABLE things OWNER TO two')
    expect((await pair())[0]).toMatch(/^"one" and "two" own objects/)
  })

  itWith(['initdb', 'postgres'], 'of a server where nothing can be changed', async (...programs) => {
    const server = await start(programs)
    await run(
      server,
      'CREATE ROLE asleep LOGIN SUPERUSER PW',
      'ALTER ROLE asleep SET default_transaction_read_only TO on',
    )
    expect(await objections(server, ['asleep'], { admin: 'asleep' })).toEqual(['the server is set to read-only'])
    await server.stop()
    server.folder.write('data/standby.signal', '')
    await server.start()
    expect(await objections(server, ['asleep'])).toEqual(['the server is a replica, where nothing can be changed'])
    const change = { kind: 'replace', user: 'asleep', fresh: password } as const
    const refused = open(server.target()).carryOut(change, server.admin)
    await expect(refused).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('25006') })
  })
})
