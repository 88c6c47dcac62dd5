import { describe, expect } from 'vitest'
import type { Change } from '../../../../src/core/credential/change.ts'
import { Secret } from '../../../../src/core/secret.ts'
import { hammer } from '../../../support/hammer.ts'
import { FAMILIES, fresh, login } from './families.ts'

const LOGGED = ['--general-log=1', '--slow-query-log=1', '--long-query-time=0', '--log-bin=binlog', '--server-id=1']
const [YES, NO] = [{ kind: 'yes' }, { kind: 'no' }]

describe.each(FAMILIES)('$name', ({ name, open, it }) => {
  it('carries out every change, twice over, and writes no password into logs', async (start) => {
    const server = await start({ settings: LOGGED })
    const system = open(server.target())
    const [plain, notes]: [Secret[], string[]] = [[], []]
    for (const user of ['app', 'o\'brien "x"', 'back\\slash', 'Ünï-漢', "'; DROP USER admin; --"]) {
      const old = await login(server, user)
      notes.push(old.password.reveal())
      const [one, two, three] = [fresh(), fresh(), fresh()]
      plain.push(one, two, three)
      const probes = () =>
        Promise.all([old.password, one, two, three].map((password) => system.probe({ user, password })))
      const twice = async (change: Change) => {
        expect(await system.preflight([change], server.admin)).toEqual([])
        for (let turn = 0; turn < 2; turn += 1) await system.carryOut(change, server.admin)
      }
      await twice({ kind: 'replace', user, fresh: one })
      expect(await probes()).toEqual([NO, YES, NO, NO])
      await twice({ kind: 'add', user, fresh: two, current: one })
      expect(await probes()).toEqual([NO, YES, YES, NO])
      await twice({ kind: 'retire', user, keep: two, old: one })
      expect(await probes()).toEqual([NO, NO, YES, NO])
      // Back again, from the newer of two: that which stays is not the one that was set last.
      await twice({ kind: 'add', user, fresh: three, current: two })
      expect(await probes()).toEqual([NO, NO, YES, YES])
      await twice({ kind: 'retire', user, keep: two, old: three })
      expect(await probes()).toEqual([NO, NO, YES, NO])
      await twice({ kind: 'add', user, fresh: one, current: two })
      await twice({ kind: 'replace', user, fresh: three })
      expect(await probes()).toEqual([NO, NO, NO, YES])
    }
    await server.ask('SET GLOBAL general_log = 0')
    // The logs are there, and would have held them: what this test itself made accounts with was rewritten in MySQL, and not in MariaDB.
    expect(server.folder.filesWith('ALTER USER').length).toBeGreaterThanOrEqual(2)
    if (name === 'MariaDB') expect(server.folder.filesWith(notes[0]!).length).toBeGreaterThanOrEqual(2)
    for (const password of plain) expect(server.folder.filesWith(password.reveal())).toEqual([])
  })

  it('a login changes itself without rights', async (start) => {
    const server = await start()
    const system = open(server.target())
    const old = await login(server, 'app')
    const next = { user: 'app', password: fresh() }
    const change = { kind: 'replace', user: 'app', fresh: next.password } as const
    expect(await system.preflight([change], old)).toEqual([])
    await system.carryOut(change, old)
    await system.carryOut(change, next)
    expect([await system.probe(old), await system.probe(next)]).toEqual([NO, YES])
    const add = { kind: 'add', user: 'app', fresh: old.password, current: next.password } as const
    expect(await system.preflight([add], next)).toEqual([
      'the admin may not change accounts: it lacks CREATE USER or APPLICATION_PASSWORD_ADMIN',
    ])
    await expect(system.carryOut(add, next)).rejects.toMatchObject({ code: 'permission' })
    expect([await system.probe(old), await system.probe(next)]).toEqual([NO, YES])
  })

  it('a login with the right to two passwords gives itself both', async (start) => {
    const server = await start()
    const system = open(server.target())
    const old = await login(server, 'app')
    const right = name === 'MySQL' ? 'APPLICATION_PASSWORD_ADMIN' : 'CREATE USER'
    await server.ask(`GRANT ${right} ON *.* TO app`)
    if (name === 'MariaDB') await server.ask('GRANT SELECT ON mysql.* TO app')
    const next = { user: 'app', password: fresh() }
    const add = { kind: 'add', user: 'app', fresh: next.password, current: old.password } as const
    const retire = { kind: 'retire', user: 'app', keep: next.password, old: old.password } as const
    expect(await system.preflight([add, retire], old)).toEqual([])
    for (const admin of [old, next]) await system.carryOut(add, admin)
    expect([await system.probe(old), await system.probe(next)]).toEqual([YES, YES])
    for (let turn = 0; turn < 2; turn += 1) await system.carryOut(retire, next)
    expect([await system.probe(old), await system.probe(next)]).toEqual([NO, YES])
  })

  it('takes odd passwords, in any mode of SQL', async (start) => {
    const server = await start({})
    const system = open(server.target())
    const user = "o'd\\d"
    await login(server, user)
    await server.ask("SET GLOBAL sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'")
    let current = fresh()
    await system.carryOut({ kind: 'replace', user, fresh: current }, server.admin)
    for (const text of [' \'\\"%_ ', 'Zürich', '🔑', "\\'; --", '*94BDCEBE19083CE2A1F959FD02F964C7AF4CFC29']) {
      const password = new Secret(text)
      await system.carryOut({ kind: 'add', user, fresh: password, current }, server.admin)
      expect([text, await system.probe({ user, password: current })]).toEqual([text, YES])
      await system.carryOut({ kind: 'retire', user, keep: password, old: current }, server.admin)
      expect([text, await system.probe({ user, password })]).toEqual([text, YES])
      current = password
    }
  })

  it('of several accounts of one user, changes the one that is meant', async (start) => {
    const server = await start()
    const here = await login(server, 'twin', '127.0.0.1')
    await login(server, 'twin', '10.0.0.%')
    const change = { kind: 'replace', user: 'twin', fresh: fresh() } as const
    expect(await open(server.target()).preflight([change], server.admin)).toEqual([
      expect.stringContaining('"twin" is several accounts, with the host parts'),
    ])
    await expect(open(server.target()).carryOut(change, server.admin)).rejects.toMatchObject({ code: 'unsupported' })
    const system = open(server.target({ options: { 'host-part': '127.0.0.1' } }))
    expect(await system.preflight([change], server.admin)).toEqual([])
    await system.carryOut(change, server.admin)
    expect([await system.probe(here), await system.probe({ user: 'twin', password: change.fresh })]).toEqual([NO, YES])
    const other = open(server.target({ options: { 'host-part': '10.0.0.%' } }))
    expect(await other.probe({ user: 'twin', password: change.fresh })).toMatchObject({ kind: 'unknown' })
  })

  it('dual and alternating are seen by no client, and a change in place is', async (start) => {
    const server = await start()
    const system = open(server.target())
    let current = await login(server, 'app')
    const first = current
    const knock = () => server.ask('SELECT 1', current)
    const wait = () => new Promise((resolve) => setTimeout(resolve, 100))
    const next = { user: 'app', password: fresh() }
    const dual = await hammer(knock, async () => {
      await system.carryOut({ kind: 'add', user: 'app', fresh: next.password, current: first.password }, server.admin)
      expect(await system.probe(next)).toEqual(YES)
      await wait()
      current = next
      await wait()
      await system.carryOut({ kind: 'retire', user: 'app', keep: next.password, old: first.password }, server.admin)
    })
    expect(dual.failures).toEqual([])
    expect(dual.succeeded).toBeGreaterThan(20)
    await login(server, 'app_b')
    const pair = { user: 'app_b', password: fresh() }
    const changes = [
      { kind: 'replace', user: 'app_b', fresh: pair.password },
      { kind: 'replace', user: 'app', fresh: fresh() },
    ] as const
    expect(await system.preflight(changes, server.admin)).toEqual([])
    const alternating = await hammer(knock, async () => {
      await system.carryOut(changes[0], server.admin)
      current = pair
      await wait()
      await system.carryOut(changes[1], server.admin)
    })
    expect(alternating.failures).toEqual([])
    const inPlace = () => system.carryOut({ kind: 'replace', user: 'app_b', fresh: fresh() }, server.admin)
    expect((await hammer(knock, inPlace)).failures.length).toBeGreaterThan(0)
  })
})
