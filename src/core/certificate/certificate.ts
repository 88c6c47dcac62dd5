import { Buffer } from 'node:buffer'
import { createHash, X509Certificate } from 'node:crypto'
import { bytesOf, type Element, onlyElement, partsOf, TAG } from './der/element.ts'
import { serialOf, timeOf } from './der/values.ts'
import { commonNameOf } from './distinguished-name.ts'
import { EXTENSION, isAuthorityBy, listAddressesIn, namesIn, readExtensions, usagesIn } from './extensions.ts'
import { type Digest, digestOf } from './signature.ts'
import { type Strength, strengthOf } from './strength.ts'

/** An X.509 certificate with what is asked of it. Node reads and verifies; what Node 20 does not tell is read from its DER. */
export interface Certificate {
  readonly x509: X509Certificate
  /** What people call it: its common name, else its first DNS name, else its serial number. May hold any character. */
  readonly name: string
  /** SHA-256 of its DER in hexadecimal. */
  readonly fingerprint: string
  readonly serial: string
  /** The issuer's and its own name as DER, in hexadecimal: what chains and revocation lists are compared by. */
  readonly issuer: string
  readonly subject: string
  readonly notBefore: Date
  /** Null when it says that it has no end: 99991231235959Z (RFC 5280 section 4.1.2.5). */
  readonly notAfter: Date | null
  readonly digest: Digest
  readonly strength: Strength
  /** SHA-256 of its public key, in hexadecimal. */
  readonly keyId: string
  readonly isAuthority: boolean
  readonly isSelfIssued: boolean
  /** Object identifiers of extendedKeyUsage; null when it does not limit its use. */
  readonly usages: readonly string[] | null
  readonly hasAlternativeNames: boolean
  /** It carries timestamps of certificate transparency logs, as publicly trusted ones do and private ones do not. */
  readonly isLogged: boolean
  /** Where its authority publishes a revocation list for it, by http or https. Whoever made the certificate wrote them. */
  readonly listAddresses: readonly string[]
}

export const MAX_CERTIFICATE_BYTES = 128 * 1024
const NO_END = '9999-12-31T23:59:59.000Z'
const EXTENSIONS = 0xa3
const VERSION = 0xa0

/** @returns null when the bytes are not one certificate in DER that Node can read too */
export function readCertificate(der: Uint8Array): Certificate | null {
  if (der.length > MAX_CERTIFICATE_BYTES) return null
  const [body, algorithm] = partsOf(onlyElement(der))
  const fields = partsOf(body).filter(({ tag }, index) => index > 0 || tag !== VERSION)
  const [serial, , issuer, validity, subject, publicKey] = fields
  const [notBefore, notAfter] = partsOf(validity).map(timeOf)
  if (!notBefore || !notAfter || !issuer || subject?.tag !== TAG.sequence || !publicKey) return null
  const x509 = openX509(der)
  if (x509 === null) return null
  const extensions = readExtensions(partsOf(fields.find(({ tag }) => tag === EXTENSIONS))[0])
  const names = namesIn(extensions)
  return {
    x509,
    name: commonNameOf(subject) ?? names.dns[0] ?? `serial ${serialOf(serial)}`,
    fingerprint: createHash('sha256').update(der).digest('hex'),
    serial: serialOf(serial),
    issuer: hexOf(issuer),
    subject: hexOf(subject),
    notBefore,
    notAfter: notAfter.toISOString() === NO_END ? null : notAfter,
    digest: digestOf(algorithm),
    strength: strengthOf(x509),
    keyId: createHash('sha256').update(bytesOf(publicKey)).digest('hex'),
    isAuthority: isAuthorityBy(extensions),
    isSelfIssued: hexOf(issuer) === hexOf(subject),
    usages: usagesIn(extensions),
    hasAlternativeNames: names.any,
    isLogged: extensions.has(EXTENSION.timestamps),
    listAddresses: listAddressesIn(extensions),
  }
}

function openX509(der: Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(der)
  } catch {
    return null
  }
}

function hexOf(element: Element): string {
  return Buffer.from(bytesOf(element)).toString('hex')
}
