import type { PeerCertificate } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { linksOf, tlsOptions, verifies } from '../../../src/adapters/credentials/tls-options.ts'
import { TLS_MODES, type TlsMode } from '../../../src/core/credential/target.ts'

const CA = '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n'
const certificate = {
  subject: { CN: 'x' },
  subjectaltname: 'DNS:db.example.org, IP Address:192.0.2.7',
} as PeerCertificate

/** What a server at `host` has to show. */
function wanted(
  mode: TlsMode,
  { ca = CA as string | null, serverName = null as string | null, host = 'db.example.org' } = {},
) {
  const options = tlsOptions({ mode, ca, serverName }, host)
  if (options === null) return 'nothing'
  const isRefused = options.checkServerIdentity?.(host, certificate) instanceof Error
  return `${options.rejectUnauthorized ? 'chain' : 'no chain'}, ${isRefused ? 'refused' : 'accepted'}`
}

describe('what a TLS mode means', () => {
  it.each<[TlsMode, string, string]>([
    ['disable', 'nothing', 'nothing'],
    ['allow', 'no chain, accepted', 'no chain, accepted'],
    ['prefer', 'no chain, accepted', 'no chain, accepted'],
    ['require', 'chain, accepted', 'chain, accepted'],
    ['verify-ca', 'chain, accepted', 'chain, accepted'],
    ['verify-full', 'chain, accepted', 'chain, refused'],
  ])('%s', (mode, right, wrong) => {
    expect(wanted(mode)).toBe(right)
    expect(wanted(mode, { host: 'db.example.com' })).toBe(wrong)
    expect(wanted(mode, { host: 'localhost', serverName: 'db.example.org' })).toBe(right)
    expect(wanted(mode, { serverName: 'db.example.com' })).toBe(wrong)
    expect(wanted(mode, { host: '192.0.2.7' })).toBe(right)
    expect(wanted(mode, { host: '192.0.2.8' })).toBe(wrong)
  })

  it('require asks an authority that is named, and no other', () => {
    expect(wanted('require', { ca: null })).toBe('no chain, accepted')
    expect(verifies({ mode: 'require', ca: null, serverName: null })).toBe(false)
    expect(verifies({ mode: 'require', ca: CA, serverName: null })).toBe(true)
  })

  it('verify-ca without an authority would take a certificate of anybody, and is refused', () => {
    expect(() => wanted('verify-ca', { ca: null })).toThrow('verify-ca needs a ca')
  })

  it('an address is no name to ask for', () => {
    expect(tlsOptions({ mode: 'verify-full', ca: null, serverName: null }, '192.0.2.7')).not.toHaveProperty(
      'servername',
    )
    expect(tlsOptions({ mode: 'verify-full', ca: null, serverName: 'a.org' }, '192.0.2.7')).toMatchObject({
      servername: 'a.org',
    })
  })

  it('only prefer and allow have a second way', () => {
    const ways = TLS_MODES.map((mode) => [mode, linksOf({ mode, ca: null, serverName: null }).join(' ')])
    expect(Object.fromEntries(ways)).toEqual({
      disable: 'plain',
      allow: 'plain tls',
      prefer: 'tls plain',
      require: 'tls',
      'verify-ca': 'tls',
      'verify-full': 'tls',
    })
  })
})
