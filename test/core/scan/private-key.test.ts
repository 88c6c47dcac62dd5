import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { encodeBech32 } from '../../../src/core/age/bech32.ts'
import { generateIdentity, recipientOf } from '../../../src/core/age/identity.ts'
import { armored, openSshKey, pemKeys, puttyKey } from '../../support/private-keys.ts'
import { ownHits } from './own-hits.ts'

async function judge(content: string | Uint8Array, path = 'notes.txt') {
  const hits = await ownHits({ path, bytes: Buffer.from(content) })
  return hits.filter(({ finding }) => finding.rule === 'private-key')
}

async function messages(content: string | Uint8Array): Promise<string[]> {
  return (await judge(content)).map(({ finding }) => finding.message)
}

const keys = pemKeys()
const LOCKED = / under a passphrase: /

describe('a private key is found', () => {
  it.each([
    ['PKCS #8', /^a private key \(PKCS #8\)$/],
    ['PKCS #8 of Ed25519, the shortest', /^a private key \(PKCS #8\)$/],
    ['RSA', /^an RSA private key$/],
    ['EC', /^an EC private key$/],
    ['PKCS #8 under a passphrase', LOCKED],
    ['RSA under a passphrase', LOCKED],
  ])('%s', async (kind, message) => {
    expect(await messages(keys[kind]!)).toEqual([expect.stringMatching(message)])
  })

  it.each([
    ['OpenSSH', openSshKey('none'), /^an OpenSSH private key$/],
    ['OpenSSH under a passphrase', openSshKey('aes256-ctr'), LOCKED],
    ['PuTTY', puttyKey('none'), /^a PuTTY private key$/],
    ['PuTTY under a passphrase', puttyKey('aes256-cbc'), LOCKED],
    [
      'PGP',
      armored('-----BEGIN PGP PRIVATE KEY BLOCK-----', '-----END PGP PRIVATE KEY BLOCK-----', 'Version: 1\n\n'),
      /^a PGP private key$/,
    ],
    [
      'SSH2',
      armored(
        '---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----',
        '---- END SSH2 ENCRYPTED PRIVATE KEY ----',
        'Comment: "a"\n',
      ),
      LOCKED,
    ],
    ['DSA', armored('-----BEGIN DSA PRIVATE KEY-----', '-----END DSA PRIVATE KEY-----'), /^a DSA private key$/],
    [
      'a kind of key to come',
      armored('-----BEGIN NEW 2 PRIVATE KEY-----', '-----END NEW 2 PRIVATE KEY-----'),
      /^a private key$/,
    ],
  ])('%s', async (_, text, message) => {
    expect(await messages(text)).toEqual([expect.stringMatching(message)])
  })

  it.each(['x25519', 'hybrid'] as const)('age, %s', async (kind) => {
    const { secret } = await generateIdentity(kind)
    expect(await messages(`key: ${secret.reveal()}\n`)).toEqual([expect.stringMatching(/^an age identity/)])
    expect(await judge(secret.reveal().toLowerCase())).toHaveLength(1)
  })

  const pem = keys.RSA!
  const rows = pem.trimEnd().split('\n')
  it.each([
    ['with CRLF', pem.replaceAll('\n', '\r\n')],
    ['indented in YAML', `key: |\n${pem.replace(/^/gm, '    ')}`],
    ['in JSON', JSON.stringify({ key: pem })],
    ['in JSON with escaped slashes', JSON.stringify({ key: pem }).replaceAll('/', '\\/')],
    ['in JSON in JSON', JSON.stringify(JSON.stringify({ key: pem }))],
    ['in a .env on one line', `KEY="${pem.replaceAll('\n', '\\n')}"`],
    ['on one line with blanks', rows.join(' ')],
    ['in C', rows.map((row) => `  "${row}\\n"`).join('\n')],
    ['in a sum of strings', rows.map((row) => `'${row}\\n' +`).join('\n')],
    ['in a comment', rows.map((row) => ` * ${row}`).join('\n')],
    ['quoted in an e-mail', rows.map((row) => `> ${row}`).join('\n')],
    ['without its end', rows.slice(0, 6).join('\n')],
    ['as UTF-16LE', Buffer.from(pem, 'utf16le')],
    ['as UTF-16BE with a byte order mark', Buffer.from(`\uFEFF${pem}`, 'utf16le').swap16()],
    ['before NULs', `${pem}\0\0\0`],
    ['behind NULs', `\0\0\0${pem}`],
    ['between bytes that are no text', Buffer.concat([randomBytes(5000), Buffer.from(`\n${pem}`), randomBytes(5000)])],
  ])('%s', async (_, content) => {
    expect(await messages(content)).toEqual(['an RSA private key'])
  })
})

describe('a private key is not', () => {
  const publicKey = createPublicKey(keys.RSA!).export({ type: 'spki', format: 'pem' }) as string

  it.each([
    ['a public key', publicKey],
    ['a certificate', armored('-----BEGIN CERTIFICATE-----', '-----END CERTIFICATE-----')],
    ['a PGP public key', armored('-----BEGIN PGP PUBLIC KEY BLOCK-----', '-----END PGP PUBLIC KEY BLOCK-----')],
    ['an age file', armored('-----BEGIN AGE ENCRYPTED FILE-----', '-----END AGE ENCRYPTED FILE-----')],
    ['a begin line alone', '-----BEGIN PRIVATE KEY-----\n'],
    ['an empty block', '-----BEGIN RSA PRIVATE KEY-----\n-----END RSA PRIVATE KEY-----\n'],
    ['a placeholder', '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----\n'],
    [
      'dots behind the first letters',
      '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEF...\n-----END PRIVATE KEY-----',
    ],
    ['one letter, repeated', `-----BEGIN PRIVATE KEY-----\n${'x'.repeat(64)}\n-----END PRIVATE KEY-----\n`],
    ['few letters in both cases', `-----BEGIN PRIVATE KEY-----\n${'KeyBody'.repeat(12)}\n-----END PRIVATE KEY-----\n`],
    ['the alphabet in small letters', `-----BEGIN PRIVATE KEY-----\n${'abcdefghijklmnopqrstuvwxyz'.repeat(3)}\n`],
    [
      'a sentence about one',
      'A key begins with -----BEGIN RSA PRIVATE KEY----- and is followed by lines of sixty-four characters each, see /usr/share/doc/openssl.',
    ],
    [
      'a program that looks for one',
      "if (text.includes('-----BEGIN OPENSSH PRIVATE KEY-----')) throw new UnsupportedKeyFormatError(describe(text))",
    ],
    [
      'a block that belongs to a certificate',
      `-----BEGIN PRIVATE KEY-----\n${armored('-----BEGIN CERTIFICATE-----', '-----END CERTIFICATE-----')}`,
    ],
    ['the public half of a PuTTY file', puttyKey('none').replace(/Private-Lines.*/s, '')],
  ])('%s', async (_, text) => {
    expect(await judge(text)).toEqual([])
  })

  it('a key in DER, which is no text', async () => {
    expect(await judge(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }))).toEqual([])
  })

  it('an age recipient', async () => {
    expect(await judge((await recipientOf(await generateIdentity('x25519'))).text)).toEqual([])
  })

  it.each([
    ['repeats one letter', `AGE-SECRET-KEY-1${'Q'.repeat(58)}`],
    [
      'has a wrong checksum',
      encodeBech32('age-secret-key-', randomBytes(32))
        .toUpperCase()
        .replace(/.$/, (last) => (last === 'Q' ? 'P' : 'Q')),
    ],
    ['is cut', encodeBech32('age-secret-key-', randomBytes(32)).toUpperCase().slice(0, -1)],
  ])('an age identity that %s', async (_, text) => {
    expect(await judge(text)).toEqual([])
  })
})

describe('a private key', () => {
  const pem = keys.EC!

  it('is told with its line, and with the command that takes the file out of the commit', async () => {
    const bytes = Buffer.from(`a\nb\n${pem}`)
    const [hit] = await ownHits({ path: 'deploy/k.pem', bytes, staged: true })
    expect(hit?.finding).toEqual({
      rule: 'private-key',
      file: 'deploy/k.pem',
      line: 3,
      message: 'an EC private key',
      fix: 'git reset -q -- deploy/k.pem',
    })
  })

  it('elsewhere is told with what helps there: nothing is staged', async () => {
    const [hit] = await judge(pem, 'deploy/k.pem')
    expect(hit?.finding.fix).toBe('Make a new one, and take this one out wherever it is trusted.')
  })

  it('keeps its fingerprint when it moves, is indented, quoted or gets other line ends', async () => {
    const long = keys.RSA!
    const quoted = JSON.stringify(long)
    const moved = [`x\n\n${long}`, long.replaceAll('\n', '\r\n'), long.replace(/^/gm, '  ')]
    const places = [long, ...moved, quoted, quoted.replaceAll('/', '\\/')]
    const found = await Promise.all(places.map((place) => judge(place)))
    expect(new Set(found.map(([hit]) => hit!.fingerprint)).size).toBe(1)
  })

  it('has another fingerprint than any other key', async () => {
    const texts = [...Object.values(keys), openSshKey('none'), openSshKey('none'), puttyKey('none')]
    const found = await Promise.all(texts.map((text) => judge(text)))
    expect(new Set(found.map(([hit]) => hit!.fingerprint)).size).toBe(texts.length)
  })

  it('is found as often as it is there, up to twenty times', async () => {
    expect(await judge(Object.values(keys).join('\n'))).toHaveLength(Object.keys(keys).length)
    expect(await judge(pem.repeat(100))).toHaveLength(20)
  })

  it('is never quoted', async () => {
    const text = [...Object.values(keys), openSshKey('none'), puttyKey('none')].join('\n')
    const said = JSON.stringify((await judge(text)).map(({ finding }) => finding))
    for (const run of text.match(/[A-Za-z0-9+/]{12,}/g) ?? []) expect(said).not.toContain(run.slice(0, 12))
  })
})

describe('looking for private keys takes linear time', () => {
  const identity = `AGE-SECRET-KEY-1${'Q'.repeat(58)}`
  it.each([
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN ',
    '-----BEGIN A A A A ',
    '-',
    '-----BEGIN PRIVATE KEY-----\\\\\\\\',
    'PuTTY-User-Key-File-3: ',
    'PuTTY-User-Key-File-3: Private-Lines:',
    identity,
    'AGE-SECRET-KEY-1',
  ])('on %j, repeated', async (piece) => {
    const time = async (size: number) => {
      const text = piece.repeat(Math.ceil(size / piece.length))
      const start = performance.now()
      await judge(text)
      return performance.now() - start
    }
    await time(100_000)
    expect(await time(4 * 1024 * 1024)).toBeLessThan(4000)
  })
})
