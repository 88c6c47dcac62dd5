import { Buffer } from 'node:buffer'
import { createDecipheriv, pbkdf2Sync } from 'node:crypto'
import { contentOf, type Element, onlyElement, partsOf, TAG } from '../der/element.ts'
import { numberOf, objectIdOf } from '../der/values.ts'
import type { Passwords } from './passwords.ts'
import { derivePkcs12, ID } from './pkcs12-derivation.ts'
import { decryptRc2 } from './rc2.ts'

/** What is left to do once the password is known: null when it does not fit, or what is derived costs too much. */
type Decrypt = (password: string) => Uint8Array | null

/**
 * Decrypts what a password protects: PBES2 with PBKDF2 and AES or triple DES (RFC 8018), and the older schemes of PKCS#12 with triple DES
 * and RC2 (RFC 7292 appendix C). A password fits when the padding and the DER inside are right.
 *
 * @param algorithm an AlgorithmIdentifier
 * @returns null when no password fits, or the scheme is none of these
 */
export function decryptWithPassword(
  algorithm: Element | undefined,
  encrypted: Uint8Array,
  passwords: Passwords,
): Uint8Array | null {
  const [id, parameters] = partsOf(algorithm)
  const name = objectIdOf(id)
  const decrypt = name === PBES2 ? pbes2(parameters, encrypted, passwords) : old(name, parameters, encrypted, passwords)
  if (decrypt === null) return null
  for (const password of passwords.all) {
    const plain = attempt(decrypt, password)
    if (plain !== null && onlyElement(plain)?.tag === TAG.sequence) return plain
  }
  return null
}

/** Opens EncryptedPrivateKeyInfo: an algorithm and what it encrypted. */
export function openPrivateKey(der: Uint8Array, passwords: Passwords): Uint8Array | null {
  const [algorithm, encrypted] = partsOf(onlyElement(der))
  return decryptWithPassword(algorithm, contentOf(encrypted, TAG.octetString), passwords)
}

const PBES2 = '1.2.840.113549.1.5.13'
const PBKDF2 = '1.2.840.113549.1.5.12'
const HMAC_SHA1 = '1.2.840.113549.2.7'
const HMACS: Readonly<Record<string, string>> = {
  [HMAC_SHA1]: 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
}
const CIPHERS: Readonly<Record<string, { readonly cipher: string; readonly bytes: number }>> = {
  '2.16.840.1.101.3.4.1.2': { cipher: 'aes-128-cbc', bytes: 16 },
  '2.16.840.1.101.3.4.1.22': { cipher: 'aes-192-cbc', bytes: 24 },
  '2.16.840.1.101.3.4.1.42': { cipher: 'aes-256-cbc', bytes: 32 },
  '1.2.840.113549.3.7': { cipher: 'des-ede3-cbc', bytes: 24 },
}

function pbes2(parameters: Element | undefined, encrypted: Uint8Array, passwords: Passwords): Decrypt | null {
  const [derivation, scheme] = partsOf(parameters).map(partsOf)
  const chosen = CIPHERS[objectIdOf(scheme?.[0])]
  if (chosen === undefined || objectIdOf(derivation?.[0]) !== PBKDF2) return null
  const [salt, rounds, ...rest] = partsOf(derivation?.[1])
  const hmac = rest.find(({ tag }) => tag === TAG.sequence)
  const digest = HMACS[hmac === undefined ? HMAC_SHA1 : objectIdOf(partsOf(hmac)[0])]
  const count = numberOf(rounds)
  if (digest === undefined || count === null) return null
  return (password) => {
    if (!passwords.spend(count)) return null
    const key = pbkdf2Sync(password, contentOf(salt, TAG.octetString), count, chosen.bytes, digest)
    return decipher(chosen.cipher, key, contentOf(scheme?.[1], TAG.octetString), encrypted)
  }
}

const OLD: Readonly<Record<string, { readonly cipher: 'des-ede3-cbc' | 'rc2'; readonly bytes: number }>> = {
  '1.2.840.113549.1.12.1.3': { cipher: 'des-ede3-cbc', bytes: 24 },
  '1.2.840.113549.1.12.1.5': { cipher: 'rc2', bytes: 16 },
  '1.2.840.113549.1.12.1.6': { cipher: 'rc2', bytes: 5 },
}

function old(
  name: string,
  parameters: Element | undefined,
  encrypted: Uint8Array,
  passwords: Passwords,
): Decrypt | null {
  const chosen = OLD[name]
  const [salt, rounds] = partsOf(parameters)
  const count = numberOf(rounds)
  if (chosen === undefined || count === null) return null
  return (password) => {
    if (!passwords.spend(2 * count)) return null
    const given = { password, salt: contentOf(salt, TAG.octetString), rounds: count }
    const key = derivePkcs12({ ...given, id: ID.key, bytes: chosen.bytes })
    const iv = derivePkcs12({ ...given, id: ID.iv, bytes: 8 })
    return chosen.cipher === 'rc2' ? decryptRc2(encrypted, key, iv) : decipher(chosen.cipher, key, iv, encrypted)
  }
}

function decipher(cipher: string, key: Uint8Array, iv: Uint8Array, encrypted: Uint8Array): Uint8Array {
  const open = createDecipheriv(cipher, key, iv)
  return Buffer.concat([open.update(encrypted), open.final()])
}

/** OpenSSL throws where the padding is wrong, or the IV is of another length. */
function attempt(decrypt: Decrypt, password: string): Uint8Array | null {
  try {
    return decrypt(password)
  } catch {
    return null
  }
}
