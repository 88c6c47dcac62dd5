import { describe, expect, it } from 'vitest'
import { readContainer } from '../../../../src/core/certificate/container/read-container.ts'
import { AUTHORITY, serverFor, withOpenssl } from '../authority.ts'
import { contentsOf } from '../question.ts'

withOpenssl('reading of what openssl makes', (openssl) => {
  const root = openssl.issue({ cn: 'Root', extensions: AUTHORITY })
  const leaf = openssl.issue({ cn: 'a.example.org', extensions: serverFor('DNS:a.example.org'), by: root })
  const list = openssl.list(root, [])

  const base64 = (input: string | Uint8Array) => Buffer.from(input).toString('base64')
  const derOf = (pem: string) => Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64')

  /** Names of certificates by group, and how many keys there are. */
  function namesOf(input: string | Uint8Array, passwords: readonly string[] = []): unknown[] {
    return contentsOf(input, passwords).groups.map(({ name, role, certificates, keys }) => [
      ...(name === '' ? [] : [name]),
      ...[role, ...certificates.map(({ certificate }) => certificate.name), keys.length],
    ])
  }

  describe('readContainer', () => {
    const both = [['presented', 'a.example.org', 'Root', 0]]

    it.each([
      ['a bundle', (pem: string) => pem],
      [
        'a bundle with words between',
        (pem: string) => `Subject: x\n  MIIB\n${pem.replaceAll('-----BEGIN', 'words\n-----BEGIN')}\nthe end`,
      ],
      ['Windows line ends', (pem: string) => pem.replaceAll('\n', '\r\n')],
      ['line ends spelled out', (pem: string) => pem.replaceAll('\n', '\\n')],
      ['line ends spelled out twice', (pem: string) => pem.replaceAll('\n', '\\\\n')],
      ['JSON', (pem: string) => JSON.stringify({ tls: { certificate: pem } })],
      ['blanks instead of line ends', (pem: string) => pem.replaceAll('\n', ' ')],
      ['indented lines', (pem: string) => pem.replaceAll('\n', '\n    ')],
      ['base64', base64],
      ['base64 in lines', (pem: string) => base64(pem).replace(/.{76}/g, '$&\n')],
      ['base64 for URLs', (pem: string) => Buffer.from(pem).toString('base64url')],
      ['base64 of base64', (pem: string) => base64(base64(pem))],
      ['bytes', (pem: string) => Buffer.from(pem)],
    ])('reads PEM as %s', (_, spell) => {
      expect(namesOf(spell(leaf.pem + root.pem))).toEqual(both)
    })

    it('does not read base64 deeper than twice', () => {
      expect(readContainer(base64(base64(base64(leaf.pem))))).toBeNull()
    })

    it.each([
      ['bytes', (der: Buffer) => der],
      ['base64', base64],
    ])('reads DER as %s', (_, spell) => {
      expect(namesOf(spell(derOf(leaf.pem)))).toEqual([['presented', 'a.example.org', 0]])
      expect(namesOf(spell(derOf(root.pem)))).toEqual([['trusted', 'Root', 0]])
    })

    it('says on which line each certificate begins, but not of what was decoded', () => {
      const linesOf = (text: string) => contentsOf(text).groups[0]!.certificates.map(({ line }) => line)
      expect(linesOf(`one\ntwo\n${leaf.pem}`)).toEqual([3])
      expect(linesOf(base64(leaf.pem))).toEqual([null])
    })

    it('reads what openssl writes with its settings of trust', () => {
      openssl.run('x509', '-in', `${leaf.name}.pem`, '-trustout', '-addtrust', 'serverAuth', '-out', 'trusted.pem')
      expect(openssl.read('trusted.pem')).toContain('BEGIN TRUSTED CERTIFICATE')
      expect(namesOf(openssl.read('trusted.pem'))).toEqual([['presented', 'a.example.org', 0]])
    })

    it('reads revocation lists in PEM and in DER', () => {
      expect(contentsOf(list).lists.map(({ name }) => name)).toEqual(['Root'])
      expect(contentsOf(derOf(list)).lists.map(({ name }) => name)).toEqual(['Root'])
    })

    it.each([
      ['PKCS#8', ['pkcs8', '-topk8', '-nocrypt']],
      ['encrypted PKCS#8', ['pkcs8', '-topk8', '-v2', 'aes-256-cbc', '-passout', 'pass:open']],
      ['encrypted PKCS#8 with triple DES', ['pkcs8', '-topk8', '-v2', 'des3', '-passout', 'pass:open']],
      [
        'encrypted PKCS#8 with a scheme of PKCS#12',
        ['pkcs8', '-topk8', '-v1', 'PBE-SHA1-3DES', '-passout', 'pass:open'],
      ],
      ['the old form', ['ec']],
      ['the old form, encrypted', ['ec', '-aes256', '-passout', 'pass:open']],
    ])('reads a key as %s', (_, command) => {
      openssl.run(...command, '-in', `${leaf.name}.key`, '-out', 'other.key')
      expect(namesOf(leaf.pem + openssl.read('other.key'), ['wrong', 'open'])).toEqual([
        ['presented', 'a.example.org', 1],
      ])
      const isLocked = command.includes('pass:open')
      expect(contentsOf(leaf.pem + openssl.read('other.key')).problems).toHaveLength(isLocked ? 1 : 0)
    })

    it('says what it could not read, and where, without a part of it', () => {
      const { groups, problems } = contentsOf(
        `${leaf.pem}-----BEGIN CERTIFICATE-----\nhunter2!\n-----END CERTIFICATE-----\n${root.pem}`,
      )
      expect(groups[0]?.certificates).toHaveLength(2)
      expect(problems).toMatchObject([{ line: leaf.pem.split('\n').length }])
      expect(JSON.stringify(problems)).not.toContain('hunter2')
    })

    it('says so of one with settings of trust that is damaged', () => {
      const text = `x\n-----BEGIN TRUSTED CERTIFICATE-----\nMIIB\n-----END TRUSTED CERTIFICATE-----\n`
      expect(contentsOf(text)).toMatchObject({ groups: [], problems: [{ line: 2 }] })
    })

    it.each([
      ['nothing', ''],
      ['more than 10 MiB', `${' '.repeat(10 * 1024 * 1024)}${leaf.pem}`],
      ['a password', 'correct horse battery staple'],
      ['a long token', 'A'.repeat(400)],
      ['a public key', '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----\n'],
      ['a block without an end', '-----BEGIN CERTIFICATE-----\nMIIB'],
      ['YAML', 'users:\n  - name: x\n'],
      ['DER of something else', Buffer.from('3003020101', 'hex')],
    ])('%s is not its own', (_, input) => {
      expect(readContainer(input)).toBeNull()
    })
  })

  describe('a PKCS#12 file', () => {
    it.each([
      ['an EC key', 'ec:P-256', []],
      ['an RSA key', 'rsa:2048', []],
      [
        'PBES2 with AES-128 and SHA-1',
        'ec:P-256',
        ['-certpbe', 'AES-128-CBC', '-keypbe', 'AES-128-CBC', '-macalg', 'sha1'],
      ],
      ['unencrypted certificates', 'ec:P-256', ['-certpbe', 'NONE']],
      ['nothing encrypted', 'ec:P-256', ['-certpbe', 'NONE', '-keypbe', 'NONE']],
      ['many rounds', 'ec:P-256', ['-iter', '100000']],
    ])('of openssl with %s', (_, key, options) => {
      const own = openssl.issue({ cn: 'p.example.org', key, extensions: serverFor('DNS:p.example.org') })
      const files = ['-inkey', `${own.name}.key`, '-in', `${own.name}.pem`, '-certfile', `${root.name}.pem`]
      openssl.run('pkcs12', '-export', ...files, ...options, '-passout', 'pass:pässword', '-out', 'own.p12')
      const expected = [['presented', 'p.example.org', 'Root', 1]]
      expect(namesOf(openssl.bytes('own.p12'), ['other', 'pässword'])).toEqual(expected)
      expect(namesOf(base64(openssl.bytes('own.p12')), ['pässword'])).toEqual(expected)
    })

    it('without a password opens by itself', () => {
      openssl.run('pkcs12', '-export', '-nokeys', '-in', `${root.name}.pem`, '-passout', 'pass:', '-out', 'empty.p12')
      expect(namesOf(openssl.bytes('empty.p12'))).toEqual([['trusted', 'Root', 0]])
    })

    it('with a count of rounds that would take long is locked, at once', () => {
      const files = ['-nokeys', '-in', `${root.name}.pem`, '-iter', '100000']
      openssl.run('pkcs12', '-export', ...files, '-passout', 'pass:x', '-out', 'slow.p12')
      const bytes = openssl.bytes('slow.p12')
      expect(namesOf(bytes, ['x'])).toEqual([['trusted', 'Root', 0]])
      bytes.writeUIntBE(0x7fffff, bytes.indexOf(Buffer.from('02030186a0', 'hex')) + 2, 3)
      const start = performance.now()
      expect(contentsOf(bytes, ['x']).problems).toHaveLength(1)
      expect(performance.now() - start).toBeLessThan(500)
    })
  })

  describe('a kubeconfig', () => {
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        { name: 'west', cluster: { server: 'https://192.0.2.1', 'certificate-authority-data': base64(root.pem) } },
      ],
      users: [
        { name: 'anna', user: { 'client-certificate-data': base64(leaf.pem), 'client-key-data': base64(leaf.key) } },
        { name: 'robot', user: { token: 'abc.def.ghi' } },
      ],
    }
    const yaml = `clusters:
- name: west
  cluster: {server: https://192.0.2.1, certificate-authority-data: ${base64(root.pem)}}
users:
- name: anna
  user:
    client-certificate-data: ${base64(leaf.pem)}
    client-key-data: ${base64(leaf.key)}
- name: robot
  user: {token: abc.def.ghi}
`

    it.each([
      ['JSON', JSON.stringify(config)],
      ['YAML', yaml],
      ['base64', base64(yaml)],
    ])('in %s: authorities, client certificates with their keys, tokens', (_, text) => {
      expect(namesOf(text)).toEqual([
        ['west', 'trusted', 'Root', 0],
        ['anna', 'presented', 'a.example.org', 1],
      ])
      const { kind, tokens } = contentsOf(text)
      expect(kind).toBe('kubeconfig')
      expect(tokens.map(({ name, token }) => [name, token.reveal()])).toEqual([['robot', 'abc.def.ghi']])
      expect(JSON.stringify(tokens)).not.toContain('abc')
    })
  })
})
