import { describe, expect, it } from 'vitest'
import type { Container } from '../../../src/core/certificate/container/container.ts'
import { judgeServed, readServed, type ServedCertificate } from '../../../src/core/check/endpoints.ts'
import { AUTHORITY, type Issued, LOGGED, serverFor, withOpenssl } from '../certificate/authority.ts'
import { contentsOf, EARLY } from '../certificate/question.ts'

const derOf = ({ pem }: Issued) => Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64')

withOpenssl('judging what servers show', (openssl) => {
  const root = openssl.issue({ cn: 'Root', to: '20360601000000Z', extensions: AUTHORITY })
  const issue = (from?: string, more: string[] = []) =>
    openssl.issue({
      ...{ cn: 'a.example.org', by: root, extensions: [...serverFor('DNS:a.example.org'), ...more] },
      ...(from === undefined ? {} : { from }),
    })
  const old = issue()
  const renewed = issue('20260701000000Z')
  const namesake = issue()
  const elsewhere = openssl.issue({
    ...{ cn: 'b.example.org', by: root, from: '20260801000000Z', extensions: serverFor('DNS:b.example.org') },
  })

  function servedBy(chain: readonly Issued[], more: Partial<ServedCertificate> = {}): ServedCertificate {
    return {
      ...readServed(chain.map(derOf))!,
      subject: {
        kind: 'endpoint',
        name: '192.0.2.1:443',
        environment: null,
        place: { file: 'sealward.yml', line: 3 },
        owners: ['ops'],
      },
      ...{
        servername: 'a.example.org',
        protocol: 'TLSv1.3',
        distrust: null,
        expected: null,
        lists: [],
        reasons: ['endpoints[0]'],
      },
      ...more,
    }
  }
  const verdictsOn = (served: ServedCertificate, now = EARLY) =>
    judgeServed([served], now).map(({ rule, level }) => `${rule}: ${level}`)
  const expecting = (...pems: Issued[]): { expected: Container[] } => ({
    expected: pems.map(({ pem }) => contentsOf(pem)),
  })
  const lifetime = 'certificate-lifetime: ok'

  it('the leaf has its lifetime, under the name of the endpoint; what stands above it has none', () => {
    const all = judgeServed([servedBy([old, root])], EARLY)
    expect(all).toMatchObject([
      {
        ...{ kind: 'certificate', rule: 'certificate-lifetime', level: 'ok', name: '192.0.2.1:443: a.example.org' },
        ...{ place: { file: 'sealward.yml', line: 3 }, owners: ['ops'] },
      },
    ])
  })

  it('must be for the name that is asked for', () => {
    expect(verdictsOn(servedBy([old], { servername: 'b.example.org' }))).toEqual([
      lifetime,
      'certificate-host: overdue',
    ])
  })

  it('another leaf that comes along means nothing, also when it is for the name', () => {
    expect(verdictsOn(servedBy([old, elsewhere, root]))).toEqual([lifetime])
    expect(verdictsOn(servedBy([old, elsewhere, root], { servername: 'b.example.org' }))).toEqual([
      lifetime,
      'certificate-host: overdue',
    ])
  })

  it('a chain out of order is told, as for files', () => {
    const middle = openssl.issue({ cn: 'Middle', to: '20300601000000Z', extensions: AUTHORITY, by: root })
    const below = openssl.issue({ cn: 'a.example.org', by: middle, extensions: serverFor('DNS:a.example.org') })
    expect(verdictsOn(servedBy([below, root, middle]))).toEqual([lifetime, 'certificate-chain-order: due'])
  })

  describe('against what is in the repository', () => {
    it.each([
      ['the same', [old], 'not-deployed: ok'],
      ['the same among others', [renewed, old], 'not-deployed: ok'],
      ['a newer one there', [renewed], 'not-deployed: due'],
      ['another of the same age there', [namesake], 'deployed-differs: late'],
    ])('%s', (_, kept, verdict) => {
      expect(verdictsOn(servedBy([old], expecting(...kept)))).toEqual([lifetime, verdict])
    })

    it('a newer one on the server', () => {
      expect(verdictsOn(servedBy([renewed], expecting(old)), new Date('2026-07-02'))).toEqual([
        lifetime,
        'deployed-not-committed: due',
      ])
    })

    it('renewed and not deployed is as urgent as what is still served', () => {
      const levels = ['2026-08-20', '2026-08-28', '2026-09-01'].map((day) =>
        judgeServed([servedBy([old], expecting(renewed))], new Date(day)).find(({ rule }) => rule === 'not-deployed'),
      )
      expect(levels.map((one) => one?.level)).toEqual(['late', 'critical', 'overdue'])
      expect(levels[0]?.message).toBe(
        'was renewed and not deployed: the repository has one valid from 2026-07-01, and it still serves one from 2026-06-01',
      )
      expect(new Set(levels.map((one) => one?.id)).size).toBe(1)
    })

    it('of several, the one for the name counts, however new others are', () => {
      expect(verdictsOn(servedBy([old], expecting(elsewhere, namesake)))).toEqual([lifetime, 'deployed-differs: late'])
    })

    it('an authority in the file is not what a server should show', () => {
      expect(verdictsOn(servedBy([old], { expected: [contentsOf(old.pem + root.pem)] }))).toEqual([
        lifetime,
        'not-deployed: ok',
      ])
    })
  })

  it.each([
    ['TLSv1', 'late'],
    ['TLSv1.1', 'late'],
    ['TLSv1.2', undefined],
    ['TLSv1.3', undefined],
  ])('a server that speaks nothing newer than %s: %s', (protocol, level) => {
    const found = judgeServed([servedBy([old], { protocol })], EARLY).find(({ rule }) => rule === 'endpoint-protocol')
    expect(found?.level).toBe(level)
  })

  it('distrust matters for what is issued publicly, and where the certificates themselves do not say why', () => {
    const logged = issue(undefined, [LOGGED])
    const rulesFor = (shown: Issued, distrust: string | null | undefined) =>
      verdictsOn(servedBy([shown, root], { distrust })).filter((verdict) => verdict.startsWith('endpoint-trust'))
    expect(rulesFor(logged, 'SELF_SIGNED_CERT_IN_CHAIN')).toEqual(['endpoint-trust: late'])
    expect(rulesFor(logged, 'CERT_HAS_EXPIRED')).toEqual([])
    expect(rulesFor(logged, null)).toEqual([])
    expect(rulesFor(logged, undefined)).toEqual([])
    expect(rulesFor(old, 'SELF_SIGNED_CERT_IN_CHAIN')).toEqual([])
  })

  it('a revoked certificate is found in the lists that were fetched', () => {
    const options = ['-crl_lastupdate', '20260601000000Z', '-crl_nextupdate', '20260701000000Z']
    const { lists } = contentsOf(openssl.list(root, [old], ...options))
    expect(verdictsOn(servedBy([old, root], { lists }))).toEqual([lifetime, 'certificate-revoked: overdue'])
    expect(verdictsOn(servedBy([renewed, root], { lists }))).not.toContain('certificate-revoked: overdue')
  })

  it('reads where the lists are, http and https only', () => {
    const points =
      'crlDistributionPoints=URI:http://crl.example.org/1.crl,URI:ldap://example.org/x,URI:https://crl.example.org/2.crl'
    const shown = readServed([derOf(issue(undefined, [points]))])
    expect(shown?.leaf.listAddresses).toEqual(['http://crl.example.org/1.crl', 'https://crl.example.org/2.crl'])
    expect(readServed([derOf(old)])?.leaf.listAddresses).toEqual([])
  })

  it('what is no certificate is not judged', () => {
    expect(readServed([])).toBeNull()
    expect(readServed([Buffer.from('3000', 'hex'), derOf(old)])).toBeNull()
    expect(readServed([derOf(old), Buffer.from('3000', 'hex')])?.rest).toEqual([])
  })
})
