import { describe, expect } from 'vitest'
import { TLS_MODES, type TlsMode } from '../../../../src/core/credential/target.ts'
import { withOpenssl } from '../../../core/certificate/authority.ts'
import { certificatesFor } from '../../../support/certificates.ts'
import type { MysqlFamilyServer } from '../../../support/servers/mysql-family.ts'
import { FAMILIES, fresh, login } from './families.ts'

/** `none`: the login came in without TLS. */
type Outcome = 'tls' | 'none' | 'unknown' | 'no'
/** Fails where no cipher is in use: a subquery of two rows is no value. */
const SPOKEN = `SELECT IF((SELECT VARIABLE_VALUE FROM $.session_status WHERE VARIABLE_NAME = 'Ssl_cipher') <> '', 1,
  (SELECT 1 UNION SELECT 2))`

withOpenssl('TLS', (openssl) => {
  const made = certificatesFor(openssl, 'DNS:db.example.org', 'IP:127.0.0.1')

  describe.each(FAMILIES)('$name', ({ name, open, it }) => {
    const spoken = SPOKEN.replace('$', name === 'MySQL' ? 'performance_schema' : 'information_schema')

    async function table(
      server: MysqlFamilyServer,
      tls: object,
      { host = '127.0.0.1', user = server.admin.user } = {},
    ) {
      const rows: [TlsMode, Outcome][] = []
      for (const mode of TLS_MODES) {
        if (mode === 'verify-ca' && !('ca' in tls)) continue
        const settings = { mode, ca: null, serverName: null, ...tls }
        const { kind } = await open(server.target({ host, tls: settings })).probe({ ...server.admin, user }, spoken)
        rows.push([mode, kind === 'yes' ? 'tls' : kind === 'failed' ? 'none' : kind])
      }
      return Object.fromEntries(rows)
    }

    it('each mode means what the table says', async (start) => {
      const server = await start({ tls: made.server })
      await server.ask(`CREATE USER safe IDENTIFIED BY '${server.admin.password.reveal()}' REQUIRE SSL`)
      await server.ask(`GRANT ALL ON *.* TO safe`)
      const right = {
        disable: 'none',
        allow: 'tls',
        prefer: 'tls',
        require: 'tls',
        'verify-ca': 'tls',
        'verify-full': 'tls',
      }
      const { ca, otherCa } = made
      expect(await table(server, { ca })).toEqual(right)
      expect(await table(server, { ca }, { host: 'localhost' })).toEqual({ ...right, 'verify-full': 'unknown' })
      const named = { ca, serverName: 'db.example.org' }
      expect(await table(server, named, { host: 'localhost' })).toEqual(right)
      expect(await table(server, named)).toEqual(right)
      expect(await table(server, { ca, serverName: '127.0.0.1' }, { host: 'localhost' })).toEqual(right)
      const misnamed = { ca, serverName: 'x.example.org' }
      expect(await table(server, misnamed)).toEqual({ ...right, 'verify-full': 'unknown' })
      expect(await table(server, { ca, serverName: '127.0.0.2' })).toEqual({ ...right, 'verify-full': 'unknown' })
      const { 'verify-ca': _, ...withoutCa } = right
      expect(await table(server, {})).toEqual({ ...withoutCa, 'verify-full': 'unknown' })
      const wrong = { require: 'unknown', 'verify-ca': 'unknown', 'verify-full': 'unknown' }
      expect(await table(server, { ca: otherCa })).toEqual({ ...right, ...wrong })
      expect(await table(server, { ca }, { user: 'safe' })).toEqual({ ...right, disable: 'no' })
    })

    it('a wrong password is tried once, in every mode', async (start) => {
      const server = await start({ tls: made.server })
      const app = await login(server, 'app')
      for (const mode of TLS_MODES) {
        const tried = async () => Number((await server.ask("SHOW GLOBAL STATUS LIKE 'Aborted_connects'"))[0]?.Value)
        const before = await tried()
        const system = open(server.target({ tls: { mode, ca: made.ca, serverName: null } }))
        expect(await system.probe({ ...app, password: fresh() })).toEqual({ kind: 'no' })
        expect([mode, (await tried()) - before]).toEqual([mode, 1])
      }
    })

    it('a server without TLS gets no proof of a password where TLS is wanted', async (start) => {
      const server = await start()
      const wanted = { require: 'unknown', 'verify-ca': 'unknown', 'verify-full': 'unknown' }
      const left = { disable: 'none', allow: 'none', prefer: 'none' }
      expect(await table(server, { ca: made.ca })).toEqual({ ...left, ...wanted })
    })

    it('tells the server a password over TLS alone, where it has to be told', async (start) => {
      const server = await start()
      const app = await login(server, 'app')
      const change = { kind: 'replace', user: 'app', fresh: fresh() } as const
      // This machine by another name, so that it counts as one of the network.
      const away = open(server.target({ host: '0.0.0.0' }))
      if (name === 'MariaDB') {
        expect(await away.preflight([change], server.admin)).toEqual([])
        await away.carryOut(change, server.admin)
      } else {
        expect(await away.preflight([change], server.admin)).toEqual([expect.stringContaining('has no TLS')])
        await expect(away.carryOut(change, server.admin)).rejects.toMatchObject({ code: 'unsupported' })
        expect(await away.probe(app)).toEqual({ kind: 'yes' })
      }
    })
  })
})
