import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { judgeCertificates } from '../../../../src/core/certificate/judge/judge.ts'
import { AUTHORITY, LOGGED, serverFor, withOpenssl } from '../authority.ts'
import { contentsOf, EARLY, questionOn, verdictsOn } from '../question.ts'

withOpenssl('judging of what openssl makes', (openssl) => {
  const root = openssl.issue({ cn: 'Root', to: '20360601000000Z', extensions: AUTHORITY })
  const middle = openssl.issue({ cn: 'Middle', to: '20310601000000Z', extensions: AUTHORITY, by: root })
  const leaf = openssl.issue({
    cn: 'a.example.org',
    extensions: serverFor('DNS:a.example.org', 'DNS:*.b.example.org', 'IP:192.0.2.7'),
    by: middle,
  })
  const chain = leaf.pem + middle.pem
  const authorities = contentsOf(root.pem).groups.flatMap(({ certificates }) =>
    certificates.map(({ certificate }) => certificate),
  )

  const extensionsOf = (...more: string[]) => [...serverFor('DNS:a.example.org'), ...more]

  describe('judgeCertificates', () => {
    it('has one verdict on the lifetime of each certificate, and no other when all is in order', () => {
      const question = questionOn(chain + root.pem, { hosts: ['a.example.org'], key: createPrivateKey(leaf.key) })
      const all = judgeCertificates([question], EARLY)
      expect(all.map(({ rule, level, name, place }) => [rule, level, name, place?.line])).toEqual([
        ['certificate-lifetime', 'ok', 'a.example.org', 1],
        ['certificate-lifetime', 'ok', 'Middle', leaf.pem.split('\n').length],
        ['certificate-lifetime', 'ok', 'Root', chain.split('\n').length],
      ])
      expect(all[0]).toMatchObject({
        message: 'expires on 2026-08-29, in 88 days',
        since: new Date('2026-06-01T00:00:00Z'),
        due: new Date('2026-07-30T23:59:59.333Z'),
        end: new Date('2026-08-29T23:59:59Z'),
      })
    })

    it.each([
      ['2026-07-30T23:59:59Z', 'ok'],
      ['2026-07-31T00:00:00Z', 'due'],
      ['2026-08-15T00:00:00Z', 'late'],
      ['2026-08-22T12:00:00Z', 'critical'],
      ['2026-08-30T00:00:00Z', 'overdue'],
    ])('at %s a certificate of 90 days is %s', (now, level) => {
      const [lifetime] = judgeCertificates([questionOn(leaf.pem)], new Date(now))
      expect(lifetime?.level).toBe(level)
    })

    it.each([
      ['2026-08-29T12:00:00Z', 'expires on 2026-08-29, within a day'],
      ['2026-08-28T12:00:00Z', 'expires on 2026-08-29, in 1 day'],
      ['2026-08-30T12:00:00Z', 'expired on 2026-08-29, less than a day ago'],
      ['2026-09-02T12:00:00Z', 'expired on 2026-08-29, 3 days ago'],
    ])('at %s it %s', (now, message) => {
      expect(judgeCertificates([questionOn(leaf.pem)], new Date(now))[0]?.message).toBe(message)
    })

    it('is due earlier by a floor in days', () => {
      const now = new Date('2026-07-10T00:00:00Z')
      expect(verdictsOn(leaf.pem, { floorDays: 60 }, now)).toEqual(['certificate-lifetime: due'])
      expect(verdictsOn(leaf.pem, { floorDays: null }, now)).toEqual([])
    })

    it('says so before the first day of validity', () => {
      expect(verdictsOn(leaf.pem, {}, new Date('2026-05-31T23:59:59Z'))).toEqual(['certificate-not-yet-valid: late'])
    })

    it('a certificate without an end has a lifetime that is in order', () => {
      const endless = openssl.issue({ cn: 'a.example.org', to: '99991231235959Z', extensions: extensionsOf() })
      const [lifetime] = judgeCertificates([questionOn(endless.pem)], EARLY)
      expect(lifetime).toMatchObject({ level: 'ok', end: null, message: 'is valid without an end' })
    })

    it.each([
      ['a.example.org', []],
      ['A.EXAMPLE.ORG.', []],
      ['x.b.example.org', []],
      ['192.0.2.7', []],
      ['b.example.org', ['certificate-host: overdue']],
      ['x.y.b.example.org', ['certificate-host: overdue']],
      ['192.0.2.8', ['certificate-host: overdue']],
      ['2001:db8::1', ['certificate-host: overdue']],
    ])('for the host %s says %j', (host, verdicts) => {
      expect(verdictsOn(chain, { hosts: [host] })).toEqual(verdicts)
    })

    it('a host is in the name of the verdict, where renderings can hide it, and nowhere else', () => {
      const all = judgeCertificates([questionOn(chain, { hosts: ['b.example.org', 'c.example.org'] })], EARLY)
      const wrong = all.filter(({ rule }) => rule === 'certificate-host')
      expect(wrong.map(({ name }) => name)).toEqual([
        'a.example.org for b.example.org',
        'a.example.org for c.example.org',
      ])
      expect(JSON.stringify(wrong.map(({ message, advice, reasons }) => [message, advice, reasons]))).not.toContain(
        'example',
      )
      expect(new Set(wrong.map(({ id }) => id)).size).toBe(2)
    })

    it('a common name alone is for no host', () => {
      const old = openssl.issue({ cn: 'a.example.org', extensions: ['extendedKeyUsage=serverAuth'] })
      expect(verdictsOn(old.pem, { hosts: ['a.example.org'] })).toEqual([
        'certificate-without-names: late',
        'certificate-host: overdue',
      ])
      expect(verdictsOn(old.pem, { purpose: 'any' })).toEqual([])
    })

    it('a key that is asked for, or stands beside it, must be its own', () => {
      expect(verdictsOn(leaf.key + chain)).toEqual([])
      expect(verdictsOn(middle.key + chain)).toEqual(['certificate-key-beside: overdue'])
      expect(verdictsOn(chain, { key: createPrivateKey(root.key) })).toEqual(['certificate-key: overdue'])
    })

    it.each([
      ['rsa:1024', 'its RSA key has 1024 bits; 2048 are the least'],
      ['rsa:2048', undefined],
      ['ec:secp224r1', 'its EC key has 224 bits; 256 are the least'],
      ['ec:prime192v1', 'its EC key has 192 bits; 256 are the least'],
      ['ec:wap-wsg-idm-ecid-wtls9', 'its EC key has 112 bits; 256 are the least'],
      ['ec:secp384r1', undefined],
      ['ed25519', undefined],
      ['dsa', 'its key is a DSA key, which clients no longer accept'],
    ])('a key of %s: %s', (key, message) => {
      const digest = key === 'ed25519' ? 'default' : 'sha256'
      const { pem } = openssl.issue({ cn: 'a.example.org', key, digest, extensions: extensionsOf() })
      const weak = judgeCertificates([questionOn(pem)], EARLY).find(({ rule }) => rule === 'certificate-weak-key')
      expect(weak?.message).toBe(message)
    })

    it('a key on a curve of its own is weak: whoever chooses the generator knows the private key', () => {
      const curve = ['-pkeyopt', 'ec_paramgen_curve:P-256', '-pkeyopt', 'ec_param_enc:explicit']
      const names = ['-subj', '/CN=a', '-keyout', 'x.key', '-outform', 'DER', '-out', 'x.der']
      openssl.run('req', '-x509', '-nodes', '-newkey', 'ec', ...curve, ...names)
      const der = openssl.bytes('x.der')
      const [generator, point] = [/\x04\x41\x04/, /\x03\x42\x00\x04/].map((start) => {
        const at = start.exec(der.toString('latin1'))!
        return der.subarray(at.index + at[0].length, at.index + at[0].length + 64)
      })
      point!.copy(generator!)
      const all = judgeCertificates([questionOn(der)], EARLY)
      expect(all.find(({ rule }) => rule === 'certificate-weak-key')?.message).toBe(
        'its EC key spells its curve out instead of naming it',
      )
    })

    it.each(['sha1', 'md5'])('a signature with %s is weak, but not that of a root', (digest) => {
      const authority = openssl.issue({ cn: 'Old Root', key: 'rsa:2048', digest, extensions: AUTHORITY })
      const signed = openssl.issue({ cn: 'a.example.org', digest, extensions: extensionsOf(), by: authority })
      expect(verdictsOn(signed.pem)).toEqual(['certificate-weak-signature: late'])
      expect(verdictsOn(authority.pem)).toEqual([])
    })

    it.each([
      [['extendedKeyUsage=serverAuth,clientAuth'], 'server', []],
      [['extendedKeyUsage=anyExtendedKeyUsage'], 'server', []],
      [['extendedKeyUsage=clientAuth'], 'server', ['certificate-usage: overdue']],
      [[], 'server', ['certificate-usage: due']],
      [[], 'client', []],
      [['extendedKeyUsage=clientAuth'], 'client', []],
      [['extendedKeyUsage=serverAuth'], 'client', ['certificate-usage: overdue']],
      [['extendedKeyUsage=codeSigning'], 'any', []],
      [['extendedKeyUsage=serverAuth', ...AUTHORITY], 'server', ['certificate-is-authority: late']],
    ] as const)('with %j as a %s says %j', (extensions, purpose, verdicts) => {
      const own = openssl.issue({
        cn: 'a.example.org',
        extensions: ['subjectAltName=DNS:a.example.org', ...extensions],
      })
      expect(verdictsOn(own.pem + own.key, { purpose })).toEqual(verdicts)
    })

    it('authorities alone are a trust store, and nothing is asked of them but their life and their strength', () => {
      expect(verdictsOn(root.pem + middle.pem)).toEqual([])
      expect(verdictsOn(root.pem, { hosts: ['a.example.org'] })).toContain('certificate-is-authority: late')
    })

    it('a trust store beside what is presented is not asked for hosts', () => {
      const store = readFileSync(new URL('../../../vectors/certificate/java.jks', import.meta.url))
      const container = contentsOf(store)
      expect(container.groups.map(({ role }) => role)).toEqual(['trusted', 'presented'])
      const now = container.groups[0]!.certificates[0]!.certificate.notBefore
      expect(verdictsOn(store, { hosts: ['vector.example.org'] }, new Date(now.getTime() + 60_000))).toEqual([])
    })

    it.each([
      ['20180301000000Z', '20200602235959Z', 825, true],
      ['20180301000000Z', '20200603000000Z', 825, false],
      ['20180228235959Z', '20210531000000Z', 0, true],
      ['20200901000000Z', '20211003235959Z', 398, true],
      ['20200901000000Z', '20211004000000Z', 398, false],
      ['20200831235959Z', '20221204235958Z', 825, true],
      ['20260315000000Z', '20260930235959Z', 200, true],
      ['20260315000000Z', '20261001000000Z', 200, false],
      ['20270315000000Z', '20270622235959Z', 100, true],
      ['20270315000000Z', '20270623000000Z', 100, false],
      ['20290315000000Z', '20290430235959Z', 47, true],
      ['20290315000000Z', '20290501000000Z', 47, false],
    ])('publicly trusted from %s to %s against %i days: allowed %s', (from, to, days, allowed) => {
      const { pem } = openssl.issue({ cn: 'a.example.org', from, to, extensions: extensionsOf(LOGGED), by: root })
      const verdict = judgeCertificates([questionOn(pem)], EARLY).find(
        ({ rule }) => rule === 'certificate-validity-period',
      )
      expect(verdict?.message).toBe(
        allowed ? undefined : `is valid for longer than the ${days} days that were allowed on the day of its issue`,
      )
    })

    it('a publicly trusted one never is without an end', () => {
      const to = '99991231235959Z'
      const { pem } = openssl.issue({ cn: 'a.example.org', to, extensions: extensionsOf(LOGGED), by: root })
      expect(verdictsOn(pem + root.pem)).toEqual(['certificate-validity-period: late'])
    })

    it('a private authority may issue for ten years', () => {
      const { pem } = openssl.issue({
        cn: 'a.example.org',
        to: '20360601000000Z',
        extensions: extensionsOf(),
        by: root,
      })
      expect(verdictsOn(pem)).toEqual([])
    })
  })

  describe('chains', () => {
    it('must be in order, the leaf first', () => {
      expect(verdictsOn(chain)).toEqual([])
      expect(verdictsOn(middle.pem + leaf.pem)).toEqual(['certificate-chain-order: due'])
      expect(verdictsOn(leaf.pem + root.pem + middle.pem)).toEqual(['certificate-chain-order: due'])
    })

    it('must reach an authority where it is known which ones clients have', () => {
      expect(verdictsOn(chain, { authorities })).toEqual([])
      expect(verdictsOn(leaf.pem, { authorities })).toEqual(['certificate-chain-incomplete: late'])
    })

    it('a publicly trusted leaf never stands alone; a private one may', () => {
      const logged = openssl.issue({ cn: 'a.example.org', extensions: extensionsOf(LOGGED), by: middle })
      expect(verdictsOn(logged.pem)).toEqual(['certificate-chain-incomplete: late'])
      expect(verdictsOn(logged.pem + middle.pem)).toEqual([])
      expect(verdictsOn(leaf.pem)).toEqual([])
    })

    it('a namesake of the issuer with another key is not the issuer', () => {
      const other = openssl.issue({ cn: 'Middle', extensions: AUTHORITY })
      expect(
        verdictsOn(leaf.pem + other.pem, {
          authorities: contentsOf(other.pem).groups[0]!.certificates.map(({ certificate }) => certificate),
        }),
      ).toContain('certificate-chain-incomplete: late')
    })

    it('end with the first certificate that ends', () => {
      const short = openssl.issue({ cn: 'Short', to: '20260701000000Z', extensions: AUTHORITY, by: root })
      const below = openssl.issue({ cn: 'a.example.org', extensions: extensionsOf(), by: short })
      const all = judgeCertificates([questionOn(below.pem + short.pem)], new Date('2026-07-02T00:00:00Z'))
      expect(all.find(({ rule }) => rule === 'certificate-chain-lifetime')).toMatchObject({
        ...{ level: 'overdue', name: 'a.example.org', message: 'a certificate above it has expired' },
        end: new Date('2026-07-01T00:00:00Z'),
      })
    })

    it.each([
      ['2026-06-20', []],
      ['2026-07-14', ['certificate-chain-lifetime: due']],
    ])('on %s one that ends before the leaf says %j', (day, verdicts) => {
      const short = openssl.issue({ cn: 'Shorter', to: '20260801000000Z', extensions: AUTHORITY, by: root })
      const below = openssl.issue({ cn: 'a.example.org', extensions: extensionsOf(), by: short })
      const all = judgeCertificates([questionOn(below.pem + short.pem)], new Date(day))
      const ofChain = all.filter(({ rule }) => rule === 'certificate-chain-lifetime')
      expect(ofChain.map(({ rule, level }) => `${rule}: ${level}`)).toEqual(verdicts)
      for (const { message } of ofChain) expect(message).toBe('a certificate above it ends before it does')
    })

    it('that reach an authority without an end last as long as the leaf', () => {
      const endless = openssl.issue({ cn: 'Endless', to: '99991231235959Z', extensions: AUTHORITY })
      const below = openssl.issue({ cn: 'a.example.org', extensions: extensionsOf(), by: endless })
      expect(verdictsOn(below.pem + endless.pem)).toEqual([])
    })

    it('of two issuers with one key, as cross-signing makes them, the one that lasts longer counts', () => {
      const old = openssl.issue({ cn: 'Middle', to: '20260701000000Z', extensions: AUTHORITY, by: root, keyOf: middle })
      expect(verdictsOn(leaf.pem + old.pem + middle.pem, {}, new Date('2026-07-02T00:00:00Z'))).not.toContain(
        'certificate-chain-lifetime: overdue',
      )
    })
  })

  describe('revocation', () => {
    const bad = openssl.issue({ cn: 'a.example.org', extensions: extensionsOf(), by: middle })
    const list = openssl.list(middle, [bad], '-crl_lastupdate', '20260601000000Z', '-crl_nextupdate', '20260701000000Z')
    const { lists } = contentsOf(list)

    it('is found in the list of its issuer', () => {
      const all = judgeCertificates([questionOn(bad.pem + middle.pem, { lists })], EARLY)
      expect(all.find(({ rule }) => rule === 'certificate-revoked')).toMatchObject({
        ...{ level: 'overdue', reasons: [] },
        message: 'is revoked: the list of its authority names it, with the reason keyCompromise',
      })
      expect(verdictsOn(chain, { lists })).toEqual([])
    })

    it('says when the signature of the list could not be verified', () => {
      const [, revoked] = judgeCertificates([questionOn(bad.pem, { lists })], EARLY)
      expect(revoked?.reasons).toEqual([
        'the signature of the list was not verified: its issuer is not at hand, or its algorithm is not known here',
      ])
    })

    it('does not believe a list with a wrong signature', () => {
      const der = Buffer.from(list.replace(/-----[^-]+-----|\s/g, ''), 'base64')
      der[der.length - 1]! ^= 1
      expect(contentsOf(der).lists).toHaveLength(1)
      expect(verdictsOn(bad.pem + middle.pem, { lists: contentsOf(der).lists })).toEqual([])
    })

    it('does not believe the list of another authority of the same name', () => {
      const impostor = openssl.issue({ cn: 'Middle', extensions: AUTHORITY })
      const forged = contentsOf(
        openssl.list(impostor, [leaf], '-crl_lastupdate', '20260601000000Z', '-crl_nextupdate', '20260701000000Z'),
      )
      expect(forged.lists[0]?.find(contentsOf(leaf.pem).groups[0]!.certificates[0]!.certificate.serial)).not.toBeNull()
      expect(verdictsOn(chain, { lists: forged.lists })).toEqual([])
    })

    it.each([
      ['2026-06-02', 'ok', 'is fresh until 2026-07-01'],
      ['2026-06-22', 'due', 'is fresh until 2026-07-01'],
      ['2026-06-30', 'critical', 'is fresh until 2026-07-01'],
      ['2026-07-01', 'overdue', 'is stale: its next edition came by 2026-07-01'],
    ])('on %s a list of 30 days is %s', (day, level, message) => {
      const [fresh] = judgeCertificates([questionOn(list)], new Date(day))
      expect(fresh).toMatchObject({ kind: 'crl', rule: 'crl-freshness', name: 'Middle', level, message })
    })

    it('two lists of one authority in one place have names of their own', () => {
      const named = judgeCertificates([questionOn(list + list)], EARLY).map(({ name }) => name)
      expect(named).toEqual(['Middle', 'Middle #2'])
    })

    it('a list of two days is fresh until its end', () => {
      const brief = openssl.list(middle, [], '-crl_lastupdate', '20260601000000Z', '-crl_nextupdate', '20260603000000Z')
      expect(verdictsOn(brief, {}, new Date('2026-06-02T23:59:59Z'))).toEqual(['crl-freshness: ok'])
      expect(verdictsOn(brief, {}, new Date('2026-06-03T00:00:00Z'))).toEqual(['crl-freshness: overdue'])
    })
  })

  describe('across questions', () => {
    it('different certificates with one key are told, the same certificate in two places is not', () => {
      const again = openssl.issue({ cn: 'c.example.org', extensions: serverFor('DNS:c.example.org'), keyOf: leaf })
      const shared = judgeCertificates(
        [questionOn(leaf.pem), questionOn(again.pem, { label: 'TLS_CERT' }), questionOn(chain)],
        EARLY,
      )
      const found = shared.filter(({ rule }) => rule === 'certificate-shared-key')
      expect(found.map(({ name }) => name)).toEqual(['a.example.org', 'TLS_CERT: c.example.org', 'a.example.org'])
      expect(found[0]?.message).toBe('2 different certificates have the same private key')
      const same = judgeCertificates([questionOn(leaf.pem), questionOn(chain)], EARLY)
      expect(same.filter(({ rule }) => rule === 'certificate-shared-key')).toEqual([])
    })

    it('two certificates of one name in one file have ids of their own', () => {
      const next = openssl.issue({ cn: 'a.example.org', extensions: extensionsOf(), by: middle })
      const all = judgeCertificates([questionOn(leaf.pem + next.pem + leaf.pem)], EARLY)
      expect(all.map(({ name }) => name)).toEqual(['a.example.org', 'a.example.org #2'])
      expect(new Set(all.map(({ id }) => id)).size).toBe(2)
    })

    it('an encrypted value keeps its own line and its name', () => {
      const place = { file: '.env.encrypted', line: 7 }
      const [lifetime] = judgeCertificates([questionOn(`x\n${leaf.pem}`, { label: 'TLS_CERT', place })], EARLY)
      expect(lifetime).toMatchObject({ name: 'TLS_CERT: a.example.org', place })
    })
  })
})
