import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { SealwardError } from '../../../../src/core/errors.ts'
import { readKeyFile } from '../../../../src/core/signature/ssh/private-key.ts'
import { sshMpint, sshString } from '../../../../src/core/signature/ssh/wire.ts'
import { pemKeys, puttyKey } from '../../../support/private-keys.ts'
import { refusal } from '../../../support/sealing.ts'
import { type Container, KINDS, MAKERS, newKey, opensshFile, pkcs8, privateOf, publicLine } from '../keys.ts'

describe('the file of a key', () => {
  it.each(KINDS)("is OpenSSH's container or PKCS #8, and holds the same key (%s)", (kind) => {
    const key = MAKERS[kind]()
    const [ours, theirs] = [privateOf(opensshFile(key)), privateOf(pkcs8(key))]
    expect(ours.publicKey.fingerprint).toBe(theirs.publicKey.fingerprint)
    expect(ours.privateKey.export({ format: 'jwk' })).toEqual(key.export({ format: 'jwk' }))
    expect(privateOf(opensshFile(key).replaceAll('\n', '\r\n')).publicKey.fingerprint).toBe(ours.publicKey.fingerprint)
  })

  it.each(Object.entries(pemKeys()))('may be %s', (form, text) => {
    expect(readKeyFile(text).kind).toBe(form.includes('passphrase') ? 'passphrase' : 'private')
  })

  it('may be the public half alone', () => {
    const key = newKey('ed25519')
    const file = readKeyFile(`${publicLine(key)} a comment\n`)
    expect(file.kind === 'public' && file.publicKey.fingerprint).toBe(key.publicKey.fingerprint)
  })

  it('may be under a passphrase, whatever is inside', () => {
    const file = opensshFile(MAKERS.ed25519(), () => ({ cipher: 'aes256-ctr', kdf: 'bcrypt', checks: [1, 2] }))
    expect(readKeyFile(file).kind).toBe('passphrase')
  })

  it('may be the handle to a key on hardware', () => {
    const key = MAKERS.ed25519()
    const file = opensshFile(key, ({ publicBlob }) => {
      const type = sshString('sk-ssh-ed25519@openssh.com')
      return {
        publicBlob: Buffer.concat([type, publicBlob.subarray(-36), sshString('ssh:')]),
        fields: [type, publicBlob.subarray(-36), sshString('ssh:'), Buffer.of(1), sshString('handle')],
      }
    })
    expect(readKeyFile(file).kind).toBe('hardware')
  })

  it.each([
    ['nothing', ''],
    ['something else', 'KEY=value\n'],
    ['a key of PuTTY', puttyKey('none')],
    ['a PEM with nothing in it', '-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n'],
    ['a container with nothing in it', '-----BEGIN OPENSSH PRIVATE KEY-----\n-----END OPENSSH PRIVATE KEY-----\n'],
    ['a container that does not end', opensshFile(MAKERS.ed25519()).split('-----END')[0]!],
    ['an Ed448 key', pkcs8(generateKeyPairSync('ed448').privateKey)],
    ['an X25519 key', pkcs8(generateKeyPairSync('x25519').privateKey)],
    [
      'a key on a curve that SSH does not have',
      pkcs8(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey),
    ],
    [
      'a key on a curve that JWK does not have',
      pkcs8(generateKeyPairSync('ec', { namedCurve: 'brainpoolP256r1' }).privateKey),
    ],
    ['a DSA key', pkcs8(generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 }).privateKey)],
    ['an RSA-PSS key', pkcs8(generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey)],
    ['a short RSA key', pkcs8(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey)],
  ])('is not %s', async (_, text) => {
    const error = await refusal(() => readKeyFile(text))
    expect(['malformed', 'unsupported']).toContain(error.code)
  })
})

describe('a container that was tampered with', () => {
  const strange = MAKERS.ed25519()
  const part = (key: KeyObject, name: 'x' | 'd') => Buffer.from(key.export({ format: 'jwk' })[name]!, 'base64url')
  const cases: Record<string, [KeyObject, (whole: Container) => Partial<Container>]> = {
    'two different check numbers': [MAKERS.ed25519(), () => ({ checks: [1, 2] })],
    'two keys': [MAKERS.ed25519(), () => ({ count: 2 })],
    'no keys': [MAKERS.ed25519(), () => ({ count: 0 })],
    'a giant number of keys': [MAKERS.ed25519(), () => ({ count: 0xffffffff })],
    'a key derivation alone': [MAKERS.ed25519(), () => ({ kdf: 'bcrypt' })],
    'other padding': [MAKERS.ed25519(), () => ({ padding: Buffer.of(1, 2, 4) })],
    'something behind the padding': [MAKERS.ed25519(), () => ({ padding: Buffer.of(1, 2, 3, 0) })],
    'no comment': [MAKERS.ed25519(), ({ fields }) => ({ fields: fields.slice(0, -1) })],
    'another type inside': [
      MAKERS.ed25519(),
      ({ fields: [, ...rest] }) => ({ fields: [sshString('ssh-rsa'), ...rest] }),
    ],
    'another public half outside': [
      MAKERS.ed25519(),
      () => ({ publicBlob: Buffer.from(newKey('ed25519').publicKey.blob) }),
    ],
    'another public half inside': [
      MAKERS.ed25519(),
      ({ fields: [type, , both, comment] }) => ({ fields: [type!, sshString(part(strange, 'x')), both!, comment!] }),
    ],
    'another private half': [
      MAKERS.ed25519(),
      ({ fields: [type, own, , comment] }) => ({
        fields: [type!, own!, sshString(Buffer.concat([part(strange, 'd'), own!.subarray(4)])), comment!],
      }),
    ],
    'another point inside': [
      MAKERS['ecdsa 256'](),
      ({ fields: [type, curve, , ...rest] }) => ({ fields: [type!, curve!, sshString(Buffer.alloc(65, 4)), ...rest] }),
    ],
    'a private number that is too long': [
      MAKERS['ecdsa 256'](),
      ({ fields: [type, curve, point, , comment] }) => ({
        fields: [type!, curve!, point!, sshMpint(Buffer.alloc(33, 1)), comment!],
      }),
    ],
    'a prime of one': [
      MAKERS['rsa 2048'](),
      ({ fields }) => ({ fields: fields.map((field, index) => (index === 5 ? sshMpint(Buffer.of(1)) : field)) }),
    ],
    'another modulus inside': [
      MAKERS['rsa 2048'](),
      ({ fields }) => ({
        fields: fields.map((field, index) => (index === 1 ? sshMpint(Buffer.alloc(256, 0xff)) : field)),
      }),
    ],
  }

  it.each(Object.entries(cases))('is refused: %s', async (_, [key, alter]) => {
    expect(readKeyFile(opensshFile(key)).kind).toBe('private')
    const error = await refusal(() => readKeyFile(opensshFile(key, alter)))
    expect(error.code).toBe('malformed')
  })

  it('is read or refused, and nothing else, whichever of its characters is another', () => {
    const text = opensshFile(MAKERS['ecdsa 256']())
    let refused = 0
    for (let at = 0; at < text.length; at += 1) {
      try {
        readKeyFile(`${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`)
      } catch (error) {
        expect(error).toBeInstanceOf(SealwardError)
        refused += 1
      }
    }
    // The comment may be altered; so may the private number, which signing finds out.
    expect(refused).toBeGreaterThan(text.length * 0.8)
  })
})
