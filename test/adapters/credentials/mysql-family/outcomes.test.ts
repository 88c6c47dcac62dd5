import { describe, expect } from 'vitest'
import type { Login, Probe } from '../../../../src/core/credential/change.ts'
import type { Target } from '../../../../src/core/credential/target.ts'
import { Secret } from '../../../../src/core/secret.ts'
import { freePort } from '../../../support/servers/own-process.ts'
import { FAMILIES, login } from './families.ts'

const WRONG = new Secret('not-the-password')
const LARGE =
  'SELECT REPEAT(a.COLUMN_NAME, 40) FROM information_schema.COLUMNS a, information_schema.COLUMNS b LIMIT 100000'

describe.each(FAMILIES)('what a login at $name comes to', ({ name, open, it }) => {
  it('only a refused password is a no', async (start) => {
    const server = await start({ settings: ['--max-connections=10', '--max-connect-errors=3'] })
    const app = await login(server, 'app')
    const at = (who: Login, changes: Partial<Target> = {}, statement?: string): Promise<Probe> =>
      open(server.target(changes)).probe(who, statement)
    const unknown = (why: string) => ({ kind: 'unknown', why })

    expect(await at(app)).toEqual({ kind: 'yes' })
    expect(await at({ ...app, password: WRONG })).toEqual({ kind: 'no' })
    expect(await at({ ...app, password: new Secret('') })).toEqual({ kind: 'no' })
    expect(await at({ ...app, user: 'nobody' })).toEqual({ kind: 'no' })
    expect(await at(app, { host: server.socket })).toEqual({ kind: 'yes' })
    expect(await at(app, { host: '/nowhere' })).toEqual(unknown('it cannot be reached (ENOENT)'))
    expect(await at(app, { database: 'nowhere' })).toMatchObject({ kind: 'failed' })
    expect(await at(app, { port: await freePort() })).toEqual(unknown('it cannot be reached (ECONNREFUSED)'))
    expect(await at(app, { host: 'db.invalid' })).toMatchObject({ kind: 'unknown' })
    expect(await at(app, {}, 'SELECT * FROM mysql.user')).toEqual({
      kind: 'failed',
      why: 'the statement failed: the login may not do this (1142)',
    })
    // The end of a connection is no answer to the statement.
    const killed = await at(
      app,
      {},
      name === 'MySQL' ? 'KILL CONNECTION_ID()' : 'EXECUTE IMMEDIATE CONCAT("KILL ", CONNECTION_ID())',
    )
    expect(killed).toMatchObject({ kind: 'unknown', why: expect.stringContaining('the statement failed') })
    expect(await at(app, {}, LARGE)).toEqual({ kind: 'yes' })

    await server.ask('ALTER USER app ACCOUNT LOCK')
    expect(await at(app)).toEqual(
      unknown(name === 'MySQL' ? 'the account is locked (3118)' : 'the account is locked (4151)'),
    )
    await server.ask('ALTER USER app ACCOUNT UNLOCK')
    await server.ask('ALTER USER app PASSWORD EXPIRE')
    expect(await at(app)).toMatchObject({ kind: 'unknown', why: expect.stringMatching(/expired \(18/) })
    if (name === 'MySQL') {
      await server.ask("CREATE USER tries IDENTIFIED BY 'x' FAILED_LOGIN_ATTEMPTS 1 PASSWORD_LOCK_TIME 1")
      expect(await at({ user: 'tries', password: WRONG })).toEqual(
        unknown('the account is locked after too many wrong passwords (3955)'),
      )
    }
    await server.ask("CREATE USER shadow@'%' IDENTIFIED BY 'shadow'")
    // From now on nobody else comes in from here.
    const inside = await server.connect()
    await inside.query("CREATE USER ''@'127.0.0.1' IDENTIFIED BY 'shadow'")
    const shadow = { user: 'shadow', password: new Secret('shadow') }
    expect(await at(shadow)).toEqual(unknown('it took the login for another'))
    expect(await at(app)).toEqual({ kind: 'no' })
    await inside.query("DROP USER ''@'127.0.0.1'")
    await inside.end()

    const crowd = await Promise.all(Array.from({ length: 10 }, () => server.connect(shadow)))
    expect(await at(shadow)).toEqual(unknown('it has too many connections (1040)'))
    await Promise.all(crowd.map((connection) => connection.end()))
    await server.stop()
    expect(await at(app)).toEqual(unknown('it cannot be reached (ECONNREFUSED)'))
  })
})
