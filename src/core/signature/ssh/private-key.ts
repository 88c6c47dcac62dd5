import { Buffer } from 'node:buffer'
import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { SealwardError } from '../../errors.ts'
import { KEY_TYPES, type KeyType } from './key-types.ts'
import { readOpensshKey } from './openssh-key.ts'
import { type PublicKey, parsePublicKey, readPublicKey } from './public-key.ts'
import { sshMpint, sshString } from './wire.ts'

/** A private key that this process can use, with its public half. */
export interface SigningKey {
  readonly publicKey: PublicKey
  readonly privateKey: KeyObject
}

/** What a key file turned out to be. With a key under a passphrase, on hardware or in an agent only ssh-keygen can sign. */
export type KeyFile =
  | ({ readonly kind: 'private' } & SigningKey)
  | { readonly kind: 'passphrase' | 'hardware' }
  | { readonly kind: 'public'; readonly publicKey: PublicKey }

const PEM = /^-----BEGIN ((?:[A-Z0-9]+ )*)PRIVATE KEY-----\r?$/m

/**
 * Reads the file of a key: OpenSSH's own form, PEM (PKCS #8, PKCS #1, SEC 1), or the public half alone.
 *
 * @throws SealwardError malformed or unsupported, in words that follow "the key ...". They quote nothing of it.
 */
export function readKeyFile(text: string): KeyFile {
  const label = PEM.exec(text)?.[1]
  if (label === undefined) return readPublicHalf(text)
  if (label === 'OPENSSH ') return fromOpenssh(text)
  if (label === 'ENCRYPTED ' || /^Proc-Type: 4,ENCRYPTED\r?$/m.test(text)) return { kind: 'passphrase' }
  const privateKey = importKey(text)
  return { kind: 'private', publicKey: publicHalf(privateKey), privateKey }
}

function readPublicHalf(text: string): KeyFile {
  const publicKey = parsePublicKey(text)
  if (typeof publicKey === 'string') throw new SealwardError('malformed', 'is neither a private nor a public SSH key')
  return { kind: 'public', publicKey }
}

function fromOpenssh(text: string): KeyFile {
  const contained = readOpensshKey(text)
  if (contained === null) return { kind: 'passphrase' }
  if (contained.key === null) return { kind: 'hardware' }
  const privateKey = importKey({ key: contained.key, format: 'jwk' })
  const { publicKey } = contained
  // Ed25519 hashes the public half into a signature: one by a half that does not belong gives the private half away.
  if (Buffer.compare(publicHalf(privateKey).blob, publicKey.blob) !== 0)
    throw new SealwardError('malformed', 'has halves that do not belong together')
  return { kind: 'private', publicKey, privateKey }
}

/** Node's own errors may say too much. */
function importKey(key: Parameters<typeof createPrivateKey>[0]): KeyObject {
  try {
    return createPrivateKey(key)
  } catch {
    throw new SealwardError('malformed', 'cannot be read as a private key')
  }
}

function publicHalf(privateKey: KeyObject): PublicKey {
  return readPublicKey(blobOf(exportKey(createPublicKey(privateKey))))
}

/** Node refuses to export keys of kinds that JWK does not know, such as DSA. */
function exportKey(key: KeyObject): JsonWebKey {
  try {
    return key.export({ format: 'jwk' })
  } catch {
    throw unusable()
  }
}

/** The reverse of what `readPublicKey` does. */
function blobOf({ kty, crv, x = '', y = '', n = '', e = '' }: JsonWebKey): Buffer {
  if (crv === 'Ed25519') return Buffer.concat([sshString('ssh-ed25519'), sshString(decode(x))])
  if (kty === 'RSA') return Buffer.concat([sshString('ssh-rsa'), sshMpint(decode(e)), sshMpint(decode(n))])
  for (const [type, form] of Object.entries(KEY_TYPES) as [KeyType, (typeof KEY_TYPES)[KeyType]][]) {
    if (form.family !== 'ecdsa' || form.securityKey || form.curve.jwk !== crv) continue
    const point = Buffer.concat([Buffer.of(4), decode(x), decode(y)])
    return Buffer.concat([sshString(type), sshString(form.curve.ssh), sshString(point)])
  }
  throw unusable()
}

function decode(base64url: string): Buffer {
  return Buffer.from(base64url, 'base64url')
}

function unusable(): SealwardError {
  return new SealwardError('unsupported', 'is of a type that SSH does not sign with')
}
