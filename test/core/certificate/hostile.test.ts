import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCertificate } from '../../../src/core/certificate/certificate.ts'
import { passwordsOf } from '../../../src/core/certificate/container/passwords.ts'
import { readPkcs12 } from '../../../src/core/certificate/container/pkcs12.ts'
import { readContainer } from '../../../src/core/certificate/container/read-container.ts'
import { judgeCertificates } from '../../../src/core/certificate/judge/judge.ts'
import { readRevocationList } from '../../../src/core/certificate/revocation-list.ts'
import { LEVELS } from '../../../src/core/check/judged.ts'
import { AUTHORITY, type Issued, serverFor, withOpenssl } from './authority.ts'
import { mutated, mutation } from './der/mutate.ts'
import { EARLY, questionOn } from './question.ts'

const FULL = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'

withOpenssl('reading and judging of hostile input', (openssl) => {
  const root = openssl.issue({ cn: 'Root', extensions: AUTHORITY })
  const leaf = openssl.issue({ cn: 'a.example.org', extensions: serverFor('DNS:a.example.org'), by: root })
  const list = openssl.list(root, [leaf])

  const folder = new URL('../../vectors/certificate/', import.meta.url)
  const derOf = (pem: string) => Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64')
  const inFiles = readdirSync(folder)
    .filter((name) => !name.endsWith('.sh'))
    .map((name) => readFileSync(new URL(name, folder)))
  const samples = [
    ...[derOf(leaf.pem), derOf(root.pem), derOf(list), Buffer.from(leaf.pem + root.pem + list + leaf.key)],
    ...[kubeconfigOf(root, leaf), Buffer.from(inFiles[0]!.toString('base64'))],
    ...inFiles,
  ]

  /** Reads and judges as a run does. Whatever it finds: it comes back with what the types say. */
  function survive(input: Uint8Array | string): void {
    const container = readContainer(input, ['vector'])
    if (container === null) return
    const { lists } = container
    const asked = { container, lists, hosts: ['a.example.org', '192.0.2.1', '999.1.1', '', '::::'] }
    for (const { level, since, due, end } of judgeCertificates([questionOn(leaf.pem, asked)], EARLY)) {
      expect(LEVELS).toContain(level)
      for (const date of [since, due, end]) expect(date?.getTime()).not.toBeNaN()
    }
  }

  describe('whatever the input is, it is read and judged without an error', () => {
    it('samples with octets changed', () => {
      const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }))
      const mutation = fc.tuple(fc.constantFrom(...samples), fc.array(change, { minLength: 1, maxLength: 4 }))
      fc.assert(
        fc.property(mutation, ([sample, changes]) => {
          const bytes = Buffer.from(sample)
          for (const [at, octet] of changes) bytes[at % bytes.length] = octet
          survive(bytes)
        }),
        { numRuns: FULL ? 1000 : 100 },
      )
    })

    it('DER with an element dropped, doubled, emptied, of another kind or with other content', () => {
      const binary = samples.filter((sample) => sample[0] === 0x30)
      fc.assert(
        fc.property(fc.constantFrom(...binary), fc.array(mutation, { minLength: 1, maxLength: 3 }), (sample, all) => {
          const der = all.reduce<Uint8Array>(mutated, sample)
          survive(der)
          // The inner readers by themselves too: readContainer asks the next one only when the one before says no.
          readCertificate(der)
          readRevocationList(der)?.find('1001')
          readPkcs12(der, passwordsOf(['vector']))
        }),
        { numRuns: FULL ? 1000 : 100 },
      )
    })

    it('samples cut off, and with something behind them', () => {
      fc.assert(
        fc.property(fc.constantFrom(...samples), fc.nat(), fc.uint8Array({ maxLength: 40 }), (sample, at, tail) => {
          survive(Buffer.concat([sample.subarray(0, at % (sample.length + 1)), tail]))
        }),
        { numRuns: FULL ? 1000 : 100 },
      )
    })

    it('any bytes and any text', () => {
      fc.assert(fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'binary' })), survive), {
        numRuns: FULL ? 1000 : 100,
      })
    })

    it.each([
      ['begins of blocks', '-----BEGIN CERTIFICATE-----\n'.repeat(100_000)],
      ['blocks', '-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n'.repeat(40_000)],
      ['backslashes', `-----BEGIN CERTIFICATE-----${'\\'.repeat(2_000_000)}-----END CERTIFICATE-----`],
      ['blanks in base64', `${'A'.repeat(64)}${' '.repeat(2_000_000)}!`],
      ['colons', `-----BEGIN CERTIFICATE-----\n${'a-'.repeat(1_000_000)}\n-----END CERTIFICATE-----`],
      ['keystore entries', Buffer.concat([Buffer.from('feedfeed00000002ffffffff', 'hex'), Buffer.alloc(2_000_000)])],
      [
        'markers',
        Buffer.concat([
          Buffer.from('cececece000000020000000100000003', 'hex'),
          Buffer.from('\0\x05X.509\0\0\x000'.repeat(200_000)),
        ]),
      ],
      ['nested elements', Buffer.from(`3084007a1200${'30840000fff0'.repeat(300_000)}`, 'hex')],
      ['one name, many keys', Array.from({ length: 400 }, () => root.pem).join('') + leaf.pem],
    ])('two megabytes of %s take less than two seconds', (_, input) => {
      const start = performance.now()
      survive(input)
      expect(performance.now() - start).toBeLessThan(2000)
    })
  })
})

function kubeconfigOf(authority: Issued, { pem, key }: Issued): Buffer {
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  return Buffer.from(`clusters:
- name: west
  cluster: {certificate-authority-data: ${base64(authority.pem)}}
users:
- name: anna
  user: {client-certificate-data: ${base64(pem)}, client-key-data: ${base64(key)}, token: a.b.c}
`)
}
