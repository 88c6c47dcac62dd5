import { inspect } from 'node:util'
import { describe, expect } from 'vitest'
import { Secret } from '../../../../src/core/secret.ts'
import { FAMILIES, fresh, login } from './families.ts'

describe.each(FAMILIES)('what stands against a change at $name', ({ name, open, it }) => {
  it('of the account, the admin and the server', async (start) => {
    const server = await start()
    const system = open(server.target())
    const password = fresh()
    const against = (user: string, admin = server.admin) =>
      system.preflight([{ kind: 'replace', user, fresh: password }], admin)
    const app = await login(server, 'app')
    expect(await against('app')).toEqual([])
    expect(await against('gone')).toEqual(['there is no account "gone"'])
    const mayNotLook = 'the admin may not read the list of accounts (SELECT on the database mysql)'
    expect(await against('admin', app)).toEqual([mayNotLook, 'the admin may not change accounts: it lacks CREATE USER'])
    const clerk = await login(server, 'clerk')
    await server.ask('GRANT CREATE USER ON *.* TO clerk')
    expect(await against('app', clerk)).toEqual([mayNotLook])
    await server.ask('GRANT SELECT ON mysql.* TO clerk')
    expect(await against('app', clerk)).toEqual([])
    await server.ask('ALTER USER app ACCOUNT LOCK')
    expect(await against('app')).toEqual(['the account "app" is locked'])
    await server.ask('ALTER USER app ACCOUNT UNLOCK')
    await server.ask('ALTER USER app PASSWORD EXPIRE')
    expect(await against('app')).toEqual([expect.stringContaining('the password of "app" has expired')])
    await system.carryOut({ kind: 'replace', user: 'app', fresh: password }, server.admin)
    await server.ask("CREATE USER ''@'localhost'")
    expect(await against('app')).toEqual([expect.stringContaining('accounts without a name')])
    await server.ask("DROP USER ''@'localhost'")
    await server.ask('SET GLOBAL read_only = 1')
    expect(await against('app')).toEqual(['the server is read-only: a replica, or set so'])
    await server.ask('SET GLOBAL read_only = 0')
    await expect(against('app', { ...server.admin, password: new Secret('wrong') })).rejects.toMatchObject({
      code: 'permission',
      message: `${name}, asked as the admin: it refused the password (1045)`,
    })
  })

  it('is not that the admin may not use the database of the application', async (start) => {
    const server = await start()
    await server.ask('CREATE DATABASE IF NOT EXISTS theirs')
    const system = open(server.target({ database: 'theirs' }))
    const [app, clerk] = [await login(server, 'app'), await login(server, 'clerk')]
    await server.ask('GRANT CREATE USER ON *.* TO clerk')
    await server.ask('GRANT SELECT ON mysql.* TO clerk')
    const change = { kind: 'replace', user: 'app', fresh: fresh() } as const
    const outside = { kind: 'failed', why: 'the login may not use this database (1044)' }
    expect(await system.probe(clerk)).toEqual(outside)
    expect(await system.probe({ ...clerk, password: fresh() })).toEqual({ kind: 'no' })
    expect(await system.preflight([change], clerk)).toEqual([])
    await system.carryOut(change, clerk)
    expect(await system.probe({ user: 'app', password: change.fresh })).toEqual(outside)
    expect(await system.probe(app)).toEqual({ kind: 'no' })
  })

  it('of a second password that is somebody’s', async (start) => {
    const server = await start()
    const system = open(server.target())
    const { password } = await login(server, 'app')
    const add = { kind: 'add', user: 'app', fresh: fresh(), current: password } as const
    expect(await system.preflight([add], server.admin)).toEqual([])
    await system.carryOut(add, server.admin)
    expect(await system.preflight([add], server.admin)).toEqual([])
    expect(await system.preflight([{ ...add, fresh: fresh() }], server.admin)).toEqual([
      '"app" has a second password already, which is not of this rotation: end it first',
    ])
  })

  it('of two accounts that are not alike', async (start) => {
    const server = await start()
    const system = open(server.target())
    await login(server, 'one')
    await login(server, 'two')
    const changes = ['one', 'two'].map((user) => ({ kind: 'replace', user, fresh: fresh() }) as const)
    await server.ask('CREATE DATABASE things')
    await server.ask('GRANT SELECT ON things.* TO one')
    expect(await system.preflight(changes, server.admin)).toEqual([
      '"one" and "two" have different rights: SHOW GRANTS says which',
    ])
    await server.ask('GRANT SELECT ON things.* TO two')
    expect(await system.preflight(changes, server.admin)).toEqual([])
  })

  it('of ways to log in that are not passwords we know, and of rules for passwords', async (start) => {
    const server = await start()
    const system = open(server.target())
    const against = (user: string, kind: 'replace' | 'add', text = 'aaaaaaaaaaaaaaaaaaaaaaaa') =>
      system.preflight([{ kind, user, fresh: new Secret(text), current: new Secret('old') }], server.admin)
    if (name === 'MariaDB') {
      await server.ask("INSTALL SONAME 'auth_ed25519'")
      await server.ask("CREATE USER modern IDENTIFIED VIA ed25519 USING PASSWORD('x')")
      expect(await against('modern', 'replace')).toEqual([expect.stringContaining('"modern" logs in by ed25519')])
      expect(await system.probe({ user: 'modern', password: new Secret('x') })).toEqual({
        kind: 'unknown',
        why: 'it wants a way of logging in that this driver does not know',
      })
      await server.ask('CREATE USER many IDENTIFIED VIA unix_socket OR mysql_native_password')
      expect(await against('many', 'replace')).toEqual([
        '"many" logs in by "unix_socket", which a new password would end',
      ])
      await login(server, 'app')
      await server.ask("INSTALL SONAME 'simple_password_check'")
      expect(await against('app', 'replace')).toEqual([expect.stringContaining('strict_password_validation')])
    } else {
      await server.ask("CREATE USER minds IDENTIFIED BY 'old' PASSWORD HISTORY 3")
      expect(await against('minds', 'replace')).toEqual([])
      expect(await against('minds', 'add')).toEqual([expect.stringContaining('password_history')])
      await server.ask("INSTALL COMPONENT 'file://component_validate_password'")
      expect(await against('minds', 'replace')).toEqual([
        'validate_password at the server refuses the new password: it wants 8 characters, 1 small letters, 1 capital letters, ' +
          '1 digits, 1 other characters at least (generate: can give it them)',
      ])
      const weak = new Secret('weakpassword')
      const error: unknown = await system
        .carryOut({ kind: 'replace', user: 'minds', fresh: weak }, server.admin)
        .catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'unsupported', message: expect.stringContaining('1819') })
      // The library's own error quotes the statement.
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(weak.reveal())
      expect(await against('minds', 'replace', 'aA1-aA1-aA1-aA1-')).toEqual([])
    }
  })
})
