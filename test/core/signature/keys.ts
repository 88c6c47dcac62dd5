import { generateKeyPairSync, type JsonWebKey, type KeyObject, randomBytes } from 'node:crypto'
import type { AllowedSigner } from '../../../src/core/signature/signers.ts'
import { readKeyFile, type SigningKey } from '../../../src/core/signature/ssh/private-key.ts'
import { sshMpint, sshString, uint32 } from '../../../src/core/signature/ssh/wire.ts'

/** New keys of the kinds that files hold, by the names that ssh-keygen has for them. */
export const MAKERS = {
  ed25519: () => generateKeyPairSync('ed25519').privateKey,
  'ecdsa 256': () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
  'ecdsa 384': () => generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey,
  'ecdsa 521': () => generateKeyPairSync('ec', { namedCurve: 'P-521' }).privateKey,
  'rsa 1024': () => generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey,
  'rsa 2048': () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
} as const satisfies Record<string, () => KeyObject>

export type Kind = keyof typeof MAKERS
/** Those that may sign. */
export const KINDS = (Object.keys(MAKERS) as Kind[]).filter((kind) => kind !== 'rsa 1024')

/** A new key, by way of the file that it would be in. */
export function newKey(kind: Kind): SigningKey {
  return privateOf(pkcs8(MAKERS[kind]()))
}

export function privateOf(text: string): SigningKey {
  const file = readKeyFile(text)
  if (file.kind !== 'private') throw new Error(`a private key was expected, not ${file.kind}`)
  return file
}

export function pkcs8(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }) as string
}

export function publicLine({ publicKey: { type, blob } }: Pick<SigningKey, 'publicKey'>): string {
  return `${type} ${Buffer.from(blob).toString('base64')}`
}

export function allowed({ publicKey }: SigningKey, limits: Partial<AllowedSigner> = {}): AllowedSigner {
  return { name: 'alice', key: publicKey, ...limits }
}

/** What may be altered in the container that `opensshFile` writes. */
export interface Container {
  readonly publicBlob: Buffer
  readonly checks: readonly [number, number]
  /** The fields of the private half, its type first. */
  readonly fields: readonly Buffer[]
  readonly padding: Buffer
  readonly cipher: string
  readonly kdf: string
  readonly count: number
}

/** OpenSSH's container of a private key, PROTOCOL.key, as a person would draw it. */
export function opensshFile(key: KeyObject, alter: (whole: Container) => Partial<Container> = () => ({})): string {
  const { publicKey } = privateOf(pkcs8(key))
  const check = randomBytes(4).readUInt32BE()
  const own = [sshString(publicKey.type), ...privateFields(key.export({ format: 'jwk' })), sshString('a comment')]
  const length = 8 + Buffer.concat(own).length
  const whole: Container = {
    publicBlob: Buffer.from(publicKey.blob),
    checks: [check, check],
    fields: own,
    // To the block size of a cipher that is not there.
    padding: Buffer.from([1, 2, 3, 4, 5, 6, 7].slice(0, (8 - (length % 8)) % 8)),
    cipher: 'none',
    kdf: 'none',
    count: 1,
  }
  const { publicBlob, checks, fields, padding, cipher, kdf, count } = { ...whole, ...alter(whole) }
  const section = Buffer.concat([...checks.map(uint32), ...fields, padding])
  const names = [sshString(cipher), sshString(kdf), sshString('')]
  const blob = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    ...names,
    uint32(count),
    sshString(publicBlob),
    sshString(section),
  ])
  const lines = blob.toString('base64').match(/.{1,70}/g)!
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join('\n')
}

function privateFields(jwk: JsonWebKey): Buffer[] {
  const part = (name: keyof JsonWebKey) => Buffer.from(jwk[name] as string, 'base64url')
  if (jwk.kty === 'OKP') return [sshString(part('x')), sshString(Buffer.concat([part('d'), part('x')]))]
  if (jwk.kty === 'RSA') return (['n', 'e', 'd', 'qi', 'p', 'q'] as const).map((name) => sshMpint(part(name)))
  const point = Buffer.concat([Buffer.of(4), part('x'), part('y')])
  return [sshString(jwk.crv!.replace('P-', 'nistp')), sshString(point), sshMpint(part('d'))]
}
