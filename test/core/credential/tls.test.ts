import { describe, expect, it } from 'vitest'
import { readConnection } from '../../../src/core/credential/connection/read.ts'
import { TLS_MODES, type TlsMode } from '../../../src/core/credential/target.ts'
import { settleTls } from '../../../src/core/credential/tls.ts'
import { refusal } from '../dotenv/reading.ts'

const NOTHING = { mode: null, ca: null, serverName: null }
const FAR = ['db.example']

/** A connection string, the mode that its parameters say, and whether they name roots. */
const STATED: readonly (readonly [text: string, mode: TlsMode | null, rootFile?: boolean])[] = [
  ['postgres://u:p@h/d', null],
  ...TLS_MODES.map((mode) => [`postgres://u:p@h/d?sslmode=${mode}`, mode] as const),
  ['postgres://u:p@h/d?sslmode=no-verify', 'require'],
  ['postgres://u:p@h/d?sslmode=sometimes', null],
  ['postgres://u:p@h/d?sslmode=require&sslrootcert=/ca.pem', 'require', true],
  ['postgres://u:p@h/d?sslmode=prefer&sslrootcert=system', 'verify-full'],
  ['postgres://u:p@h/d?ssl=true', 'verify-full'],
  ['postgres://u:p@h/d?ssl=false', 'disable'],
  ['jdbc:postgresql://h/d?ssl=true&sslfactory=org.postgresql.ssl.NonValidatingFactory', 'require'],
  ['mysql://u:p@h/d?ssl-mode=DISABLED', 'disable'],
  ['mysql://u:p@h/d?ssl-mode=PREFERRED', 'prefer'],
  ['mysql://u:p@h/d?ssl-mode=REQUIRED', 'require'],
  ['mysql://u:p@h/d?ssl-mode=VERIFY_CA', 'verify-ca'],
  ['mysql://u:p@h/d?sslMode=VERIFY_IDENTITY', 'verify-full'],
  ['mysql://u:p@h/d?ssl={"rejectUnauthorized":false}', 'require'],
  ['mysql://u:p@h/d?ssl={"rejectUnauthorized":true}', 'verify-ca'],
  ['mysql://u:p@h/d?ssl={"verifyIdentity":true}', 'verify-full'],
  ['mysql://u:p@h/d?ssl={', null],
  ['jdbc:mysql://h/d?useSSL=true', 'prefer'],
  ['jdbc:mysql://h/d?useSSL=true&requireSSL=true', 'require'],
  ['jdbc:mysql://h/d?useSSL=true&verifyServerCertificate=true', 'verify-ca'],
  ['jdbc:mysql://h/d?useSSL=false', 'disable'],
  ['jdbc:mariadb://h/d?useSsl=true', 'verify-full'],
  ['jdbc:mariadb://h/d?useSsl=true&trustServerCertificate=true', 'require'],
  ['jdbc:mariadb://h/d?useSsl=true&disableSslHostnameVerification=true', 'verify-ca'],
  ['jdbc:mariadb://h/d?sslMode=trust', 'require'],
  ['u:p@tcp(h)/d', null],
  ['u:p@tcp(h)/d?tls=true', 'verify-full'],
  ['u:p@tcp(h)/d?tls=false', 'disable'],
  ['u:p@tcp(h)/d?tls=skip-verify', 'require'],
  ['u:p@tcp(h)/d?tls=preferred', 'prefer'],
  ['u:p@tcp(h)/d?tls=our-own', null],
  ['redis://:p@h', 'disable'],
  ['rediss://:p@h', 'verify-full'],
  ['rediss://:p@h?ssl_cert_reqs=none', 'require'],
  ['rediss://:p@h?ssl_check_hostname=false', 'verify-ca'],
  ['mongodb://u:p@h', null],
  ['mongodb+srv://u:p@h', 'verify-full'],
  ['mongodb+srv://u:p@h/?tls=false', 'disable'],
  ['mongodb://u:p@h/?tls=true&tlsInsecure=true', 'require'],
  ['mongodb://u:p@h/?ssl=true&tlsAllowInvalidCertificates=true', 'require'],
  ['mongodb://u:p@h/?tls=true&tlsAllowInvalidHostnames=true&tlsCAFile=/ca.pem', 'verify-ca', true],
  ['Host=h;Username=u;Password=p;SSL Mode=VerifyCA;Root Certificate=/ca.pem', 'verify-ca', true],
  ['{"user":"u","password":"p","sslmode":"verify-full"}', 'verify-full'],
  ['{"user":"u","password":"p","ssl":false}', 'disable'],
]

describe('what a connection string says of TLS', () => {
  const rows = STATED.map(([text, mode, rootFile = false]) => ({ text, mode, rootFile }))
  it.each(rows)('$text', ({ text, mode, rootFile }) => {
    expect(readConnection(text)?.tls).toEqual({ mode, rootFile })
  })
})

describe('settleTls', () => {
  it('holds the certificate and the name against each other where nobody says anything', () => {
    const verified = { mode: 'verify-full', ca: null, serverName: null }
    expect(settleTls({ asked: NOTHING, stated: null, hosts: FAR })).toEqual(verified)
    expect(settleTls({ asked: NOTHING, stated: { mode: null, rootFile: false }, hosts: ['localhost'] })).toEqual(
      verified,
    )
  })

  it('lets the entry come before the connection string, and that before the default', () => {
    const stated = { mode: 'verify-ca', rootFile: false } as const
    expect(settleTls({ asked: NOTHING, stated, hosts: FAR }).mode).toBe('verify-ca')
    expect(settleTls({ asked: { ...NOTHING, mode: 'verify-full' }, stated, hosts: FAR }).mode).toBe('verify-full')
  })

  it.each(['disable', 'allow', 'prefer'] as const)('takes %s beyond this machine from the entry alone', (mode) => {
    const stated = { mode, rootFile: false }
    const error = refusal(() => settleTls({ asked: NOTHING, stated, hosts: FAR }))
    expect(error).toMatchObject({ code: 'policy-invalid', hint: expect.stringContaining(`mode: ${mode}`) })
    expect(refusal(() => settleTls({ asked: NOTHING, stated, hosts: ['localhost', 'db.example'] }))).toBeDefined()
    expect(refusal(() => settleTls({ asked: NOTHING, stated, hosts: [] }))).toBeDefined()
    expect(refusal(() => settleTls({ asked: NOTHING, stated, hosts: ['127.0.0.1.example'] }))).toBeDefined()
    expect(settleTls({ asked: { ...NOTHING, mode }, stated: null, hosts: FAR }).mode).toBe(mode)
    for (const host of ['localhost', '127.0.0.1', '127.9.9.9', '::1', 'LOCALHOST.'])
      expect(settleTls({ asked: NOTHING, stated, hosts: [host] }).mode).toBe(mode)
  })

  it('has no TLS on a socket of this machine, unless it is asked for', () => {
    expect(settleTls({ asked: NOTHING, stated: null, hosts: ['/run/pg'] }).mode).toBe('disable')
    expect(settleTls({ asked: { ...NOTHING, mode: 'verify-ca' }, stated: null, hosts: ['/run/pg'] }).mode).toBe(
      'verify-ca',
    )
    expect(settleTls({ asked: NOTHING, stated: null, hosts: ['/run/pg', 'db.example'] }).mode).toBe('verify-full')
  })

  it('takes require with roots for verify-ca, as libpq does', () => {
    const required = { mode: 'require', rootFile: true } as const
    expect(settleTls({ asked: NOTHING, stated: required, hosts: FAR }).mode).toBe('verify-ca')
    expect(settleTls({ asked: { ...NOTHING, mode: 'require', ca: 'PEM' }, stated: null, hosts: FAR }).mode).toBe(
      'verify-ca',
    )
    expect(settleTls({ asked: { ...NOTHING, mode: 'require' }, stated: required, hosts: FAR }).mode).toBe('require')
    expect(
      settleTls({ asked: { ...NOTHING, ca: 'PEM' }, stated: { ...required, rootFile: false }, hosts: FAR }),
    ).toEqual({
      mode: 'verify-ca',
      ca: 'PEM',
      serverName: null,
    })
  })

  it('refuses roots that nothing is held against', () => {
    const asked = { mode: 'disable', ca: 'PEM', serverName: null } as const
    expect(refusal(() => settleTls({ asked, stated: null, hosts: FAR }))).toMatchObject({ code: 'policy-invalid' })
  })
})
