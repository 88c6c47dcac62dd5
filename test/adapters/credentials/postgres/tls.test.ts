import { afterAll, expect } from 'vitest'
import { open } from '../../../../src/adapters/credentials/postgres.ts'
import type { Probe } from '../../../../src/core/credential/change.ts'
import { TLS_MODES, type TlsMode } from '../../../../src/core/credential/target.ts'
import { Secret } from '../../../../src/core/secret.ts'
import { withOpenssl } from '../../../core/certificate/authority.ts'
import { itWith } from '../../../peers.ts'
import { certificatesFor } from '../../../support/certificates.ts'
import { PostgresServer } from '../../../support/servers/postgres.ts'

/** `none`: the login came in without TLS. */
type Outcome = 'tls' | 'none' | 'unknown'

withOpenssl('PostgreSQL and TLS', (openssl) => {
  const servers: PostgresServer[] = []
  afterAll(() => Promise.all(servers.map((server) => server.close())))
  const made = certificatesFor(openssl, 'DNS:db.example.org', 'IP:127.0.0.1')

  async function start(programs: string[], tls: boolean, doors: string[] = []): Promise<PostgresServer> {
    const order = { doors, ...(tls && { tls: made.server }) }
    const server = new PostgresServer([programs[0]!, programs[1]!], order)
    servers.push(server)
    return await server.start()
  }

  /** Asks the server itself whether TLS was spoken: the statement fails where it was not. */
  async function outcome(
    server: PostgresServer,
    tls: object,
    host = '127.0.0.1',
    user = server.admin.user,
  ): Promise<Outcome> {
    const settings = { mode: 'verify-full', ca: null, serverName: null, ...tls } as const
    const spoken = 'SELECT 1 / ssl::int FROM pg_stat_ssl WHERE pid = pg_backend_pid()'
    const probe: Probe = await open(server.target({ host, tls: settings })).probe({ ...server.admin, user }, spoken)
    if (probe.kind === 'yes') return 'tls'
    return probe.kind === 'failed' ? 'none' : (probe.kind as Outcome)
  }

  async function table(
    server: PostgresServer,
    cases: object,
    host?: string,
    user?: string,
  ): Promise<Record<string, Outcome>> {
    const rows: [TlsMode, Outcome][] = []
    for (const mode of TLS_MODES) {
      const needsCa = mode === 'verify-ca' && !('ca' in cases)
      if (!needsCa) rows.push([mode, await outcome(server, { mode, ...cases }, host, user)])
    }
    return Object.fromEntries(rows)
  }

  itWith(['initdb', 'postgres'], 'each mode means what the table says', async (...programs) => {
    const server = await start(programs, true, [
      'hostnossl all plain 127.0.0.1/32 scram-sha-256',
      'hostssl all plain 127.0.0.1/32 reject',
      'hostssl all safe 127.0.0.1/32 scram-sha-256',
      'hostnossl all safe 127.0.0.1/32 reject',
    ])
    for (const user of ['plain', 'safe'])
      await server.ask(`CREATE ROLE ${user} SUPERUSER LOGIN PASSWORD '${server.admin.password.reveal()}'`)
    const weak = { disable: 'none', allow: 'none', prefer: 'tls' }
    const right = { ...weak, require: 'tls', 'verify-ca': 'tls', 'verify-full': 'tls' }
    const { ca, otherCa } = made
    expect(await table(server, { ca })).toEqual(right)
    expect(await table(server, { ca }, 'localhost')).toEqual({ ...right, 'verify-full': 'unknown' })
    expect(await table(server, { ca, serverName: 'db.example.org' }, 'localhost')).toEqual(right)
    expect(await table(server, { ca, serverName: 'x.example.org' })).toEqual({ ...right, 'verify-full': 'unknown' })
    // Without one, those of Node count; with a wrong one, `require` asks it as libpq does.
    expect(await table(server, {})).toEqual({ ...weak, require: 'tls', 'verify-full': 'unknown' })
    const wrong = { ...weak, require: 'unknown', 'verify-ca': 'unknown', 'verify-full': 'unknown' }
    expect(await table(server, { ca: otherCa })).toEqual(wrong)
    // What the server wants decides where the mode leaves it open, and nowhere else.
    const [none, refused] = ['none', 'unknown']
    expect(await table(server, { ca }, undefined, 'plain')).toEqual({
      disable: none,
      allow: none,
      prefer: none,
      require: refused,
      'verify-ca': refused,
      'verify-full': refused,
    })
    expect(await table(server, { ca }, undefined, 'safe')).toEqual({ ...right, disable: refused, allow: 'tls' })
  })

  itWith(['initdb', 'postgres'], 'a wrong password is tried once, in every mode', async (...programs) => {
    const server = await start(programs, true)
    const tried = () => server.folder.output().split('password authentication failed').length - 1
    for (const mode of TLS_MODES) {
      const before = tried()
      const system = open(server.target({ tls: { mode, ca: made.ca, serverName: null } }))
      expect(await system.probe({ user: 'admin', password: new Secret('wrong') })).toEqual({ kind: 'no' })
      expect([mode, tried() - before]).toEqual([mode, 1])
    }
  })

  itWith(['initdb', 'postgres'], 'a server without TLS gets no password where TLS is wanted', async (...programs) => {
    const server = await start(programs, false)
    const [none, refused] = ['none', 'unknown']
    expect(await table(server, { ca: made.ca })).toEqual({
      disable: none,
      allow: none,
      prefer: none,
      require: refused,
      'verify-ca': refused,
      'verify-full': refused,
    })
  })

  itWith(['initdb', 'postgres'], 'nobody gets the password itself without proof of who it is', async (...programs) => {
    const server = await start(programs, true, ['host all bare all password'])
    await server.ask(`CREATE ROLE bare LOGIN PASSWORD '${server.admin.password.reveal()}'`)
    const login = { user: 'bare', password: new Secret(server.admin.password.reveal()) }
    const probe = (mode: TlsMode, host: string) =>
      open(server.target({ host, tls: { mode, ca: mode === 'require' ? null : made.ca, serverName: null } })).probe(
        login,
      )
    expect(await probe('verify-full', '127.0.0.1')).toEqual({ kind: 'yes' })
    // This machine by another name, so that it counts as one of the network.
    const name = '0.0.0.0'
    expect(await probe('require', name)).toEqual({
      kind: 'unknown',
      why: 'it asks for the password in clear over a connection that proves nothing: use verify-full',
    })
    expect(await probe('verify-ca', name)).toEqual({ kind: 'yes' })
  })
})
