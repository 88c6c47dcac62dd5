import { randomBytes } from 'node:crypto'
import { afterAll, describe, expect } from 'vitest'
import { open } from '../../../src/adapters/credentials/redis.ts'
import type { Probe } from '../../../src/core/credential/change.ts'
import type { TlsMode } from '../../../src/core/credential/target.ts'
import { Secret } from '../../../src/core/secret.ts'
import { AUTHORITY, serverFor, withOpenssl } from '../../core/certificate/authority.ts'
import { itWith } from '../../peers.ts'
import { RedisServer } from '../../support/servers/redis.ts'

const full = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'

type Ca = 'right' | 'wrong' | 'none'
type Outcome = 'yes' | 'distrust' | 'refused'

/** The server's certificate is by the right authority, and for `cache.example.org`. */
const TABLE: readonly (readonly [TlsMode, Ca, string | null, Outcome])[] = [
  ['disable', 'none', null, 'refused'],
  ['require', 'none', null, 'yes'],
  ['require', 'right', null, 'yes'],
  ['require', 'wrong', null, 'distrust'],
  ['verify-ca', 'right', null, 'yes'],
  ['verify-ca', 'wrong', null, 'distrust'],
  ['verify-full', 'right', 'cache.example.org', 'yes'],
  ['verify-full', 'right', null, 'distrust'],
  ['verify-full', 'right', 'other.example.org', 'distrust'],
  ['verify-full', 'wrong', 'cache.example.org', 'distrust'],
  ['verify-full', 'none', 'cache.example.org', 'distrust'],
]

withOpenssl('Redis over TLS', (openssl) => {
  const life = { from: '20260101000000Z', to: '20460101000000Z' }
  const authority = openssl.issue({ ...life, cn: 'authority', extensions: AUTHORITY })
  const stranger = openssl.issue({ ...life, cn: 'stranger', extensions: AUTHORITY })
  const leaf = openssl.issue({ ...life, cn: 'cache', by: authority, extensions: serverFor('DNS:cache.example.org') })
  const cas = { right: authority.pem, wrong: stranger.pem, none: null }
  const login = { user: 'app', password: new Secret(randomBytes(24).toString('base64url')) }
  let server: RedisServer | null = null
  afterAll(() => server?.close())

  async function probe(program: string, mode: TlsMode, ca: Ca, serverName: string | null): Promise<Probe> {
    server ??= await new RedisServer(program, { tls: leaf, logins: { app: login.password.reveal() } }).start()
    const tls = { mode, ca: cas[ca], serverName }
    return open({ driver: 'redis', host: '127.0.0.1', port: server.tlsPort, database: null, tls, options: {} }).probe(
      login,
    )
  }

  describe('at a server that speaks nothing else', () => {
    for (const [mode, ca, name, outcome] of TABLE)
      itWith(
        'redis-server',
        `${mode}, ${ca} authority, ${name ?? 'the name of the host'}: ${outcome}`,
        async (program) => {
          const found = await probe(program!, mode, ca, name)
          if (outcome === 'yes') expect(found).toEqual({ kind: 'yes' })
          else expect(found.kind).toBe('unknown')
          if (outcome === 'distrust') expect('why' in found && found.why).toMatch(/CERT|ALTNAME|ISSUER|SIGNATURE/)
        },
      )

    itWith('redis-server', 'a wrong password is refused, and nothing else is', async (program) => {
      await probe(program!, 'require', 'none', null)
      const tls = { mode: 'verify-full', ca: authority.pem, serverName: 'cache.example.org' } as const
      const system = open({
        driver: 'redis',
        host: '127.0.0.1',
        port: server!.tlsPort,
        database: null,
        tls,
        options: {},
      })
      expect(await system.probe({ ...login, password: new Secret('wrong') })).toEqual({ kind: 'no' })
    })
  })

  // Such a server waits for the end of a line, and the driver for ten seconds.
  describe.skipIf(!full)('at a server that speaks none', () => {
    itWith('redis-server', 'a login is never tried in clear', async (program) => {
      await probe(program!, 'require', 'none', null)
      const target = { driver: 'redis', host: '127.0.0.1', port: server!.port, database: null, options: {} } as const
      const tls = { mode: 'verify-full', ca: authority.pem, serverName: null } as const
      expect(await open({ ...target, tls }).probe(login)).toEqual({ kind: 'unknown', why: 'it did not answer in time' })
    })
  })

  itWith('redis-server', 'modes that are to be negotiated are refused: Redis negotiates nothing', async (program) => {
    for (const mode of ['allow', 'prefer'] as const) {
      const found = await probe(program!, mode, 'none', null)
      expect(found).toEqual({
        kind: 'unknown',
        why: `Redis cannot be asked whether it speaks TLS, as the mode ${mode} wants`,
      })
    }
  })
})
