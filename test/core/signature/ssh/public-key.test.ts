import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type PublicKey, parsePublicKey, readPublicKey } from '../../../../src/core/signature/ssh/public-key.ts'
import { sshMpint, sshString } from '../../../../src/core/signature/ssh/wire.ts'
import { refusal } from '../../../support/sealing.ts'
import { KINDS, newKey, publicLine } from '../keys.ts'
import { SECURITY_KEYS } from '../security-key.ts'

describe('a line with a public key', () => {
  const line = publicLine(newKey('ed25519'))

  it.each(KINDS)('is read with and without a comment (%s)', (kind) => {
    const key = newKey(kind)
    for (const comment of ['', ' alice@example.com', '\tA comment of many words', '\n'])
      expect(parsePublicKey(`${publicLine(key)}${comment}`)).toMatchObject({ fingerprint: key.publicKey.fingerprint })
  })

  it.each(Object.entries(SECURITY_KEYS))('is read for a security key (%s)', (type, make) => {
    const key = parsePublicKey(publicLine(make())) as PublicKey
    expect({ type: key.type, application: key.application?.toString() }).toEqual({ type, application: 'ssh:' })
  })

  it.each([
    ['', 'is not of a type that can sign'],
    ['ssh-ed25519', 'is not an SSH public key'],
    ['ssh-ed25519 ', 'is not an SSH public key'],
    ['ssh-ed25519 !!!!', 'is not an SSH public key'],
    [`${line.split(' ')[1]}`, 'is not of a type that can sign'],
    [line.replace('ssh-ed25519', 'ssh-rsa'), 'says another type than it is'],
    [line.replace('ssh-ed25519', 'SSH-ED25519'), 'is not of a type that can sign'],
    [line.replace('ssh-ed25519', 'toString'), 'is not of a type that can sign'],
    [line.slice(0, -1), 'is not an SSH public key'],
    [`${line}=`, 'is not an SSH public key'],
    ['-----BEGIN OPENSSH PRIVATE KEY-----', 'is a private key: only its public half belongs here'],
    ['ssh-dss AAAA', 'is a DSA key, which is too weak'],
    ['ssh-rsa-cert-v01@openssh.com AAAA', 'is a certificate, which is not supported: list the key itself'],
    [`ssh-ed25519 ${'A'.repeat(20_000)}`, 'is longer than 16384 characters'],
  ])('%j is none', (text, why) => {
    const fault = parsePublicKey(text)
    expect(fault).toEqual(expect.stringContaining(why))
    if (text.length > 20) expect(fault).not.toContain(text.slice(0, 20))
  })
})

describe('an RSA key', () => {
  const jwk = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })
  const [n, e] = [jwk.n, jwk.e].map((part) => Buffer.from(part!, 'base64url')) as [Buffer, Buffer]
  const read = (exponent: Uint8Array, modulus: Uint8Array) =>
    readPublicKey(Buffer.concat([sshString('ssh-rsa'), sshMpint(exponent), sshMpint(modulus)]))
  /** An odd number of so many bits. */
  const odd = (bits: number) => {
    const bytes = Buffer.alloc(Math.ceil(bits / 8), 0xff)
    bytes[0] = (1 << (((bits - 1) % 8) + 1)) - 1
    return bytes
  }

  it('is accepted from 2048 to 16384 bits', async () => {
    expect(read(e, n).type).toBe('ssh-rsa')
    expect(read(e, odd(2048)).type).toBe('ssh-rsa')
    expect(read(e, odd(16_384)).type).toBe('ssh-rsa')
    expect(await refusal(() => read(e, odd(2047)))).toMatchObject({ message: 'is an RSA key of less than 2048 bits' })
    expect(await refusal(() => read(e, odd(16_385)))).toMatchObject({
      message: 'is an RSA key of more than 16384 bits',
    })
  })

  it('is refused with an exponent that proves nothing, or that takes for ever', async () => {
    for (const exponent of [[1], [2], [1, 0], Array(9).fill(0xff)])
      expect(await refusal(() => read(Buffer.from(exponent), n))).toMatchObject({ code: 'malformed' })
    expect(read(Buffer.of(3), n).type).toBe('ssh-rsa')
  })

  it('is refused with an even modulus', async () => {
    const even = Buffer.from(n)
    even[even.length - 1]! &= 0xfe
    expect(await refusal(() => read(e, even))).toMatchObject({ code: 'malformed' })
  })
})
