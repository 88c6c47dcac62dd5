import { KeyObject } from 'node:crypto'
import { readCertificate } from '../certificate.ts'
import { bytesOf, elementAt } from '../der/element.ts'
import { readPemKey, readPkcs8 } from '../private-key.ts'
import { type RevocationList, readRevocationList } from '../revocation-list.ts'
import {
  type Container,
  containerOf,
  groupOf,
  type PlacedCertificate,
  type Problem,
  UNREADABLE_CERTIFICATE,
} from './container.ts'
import { openPrivateKey } from './password-encryption.ts'
import type { Passwords } from './passwords.ts'
import { type PemBlock, pemBlocks } from './pem-blocks.ts'

const UNREADABLE_LIST = {
  message: 'a revocation list cannot be read: it is damaged',
  hint: 'fetch it again from its authority',
}
const UNREADABLE_KEY = {
  message: 'a private key cannot be read: no password at hand opens it, or it is damaged',
  hint: 'name the variable with its password in sealward.yml',
}

/** What a block is: one of the three, or a reason why it is not. */
type Content = PlacedCertificate | RevocationList | KeyObject | Problem

/**
 * Reads certificates, revocation lists and private keys out of a text with PEM blocks (RFC 7468). Whatever stands between them is ignored,
 * as openssl does.
 *
 * @returns null when there is no block of these three kinds
 */
export function readPem(text: string, passwords: Passwords): Container | null {
  const contents = pemBlocks(text).flatMap((block): Content[] => contentOf(block, passwords) ?? [])
  if (contents.length === 0) return null
  const certificates = contents.filter((content) => 'certificate' in content)
  const keys = contents.filter((content) => content instanceof KeyObject)
  return containerOf('pem', {
    groups: certificates.length + keys.length === 0 ? [] : [groupOf({ name: '', certificates, keys })],
    lists: contents.filter((content) => 'thisUpdate' in content),
    problems: contents.filter((content) => 'hint' in content),
  })
}

function contentOf(block: PemBlock, passwords: Passwords): [Content] | null {
  const { label, line, text } = block
  if (/^(?:X509 |TRUSTED )?CERTIFICATE$/.test(label)) {
    const certificate = readCertificate(label === 'TRUSTED CERTIFICATE' ? withoutTrust(block.der) : block.der)
    return [certificate === null ? { ...UNREADABLE_CERTIFICATE, line } : { certificate, line }]
  }
  if (label === 'X509 CRL') return [readRevocationList(block.der) ?? { ...UNREADABLE_LIST, line }]
  if (label === 'ENCRYPTED PRIVATE KEY') return [decrypted(block.der, passwords) ?? { ...UNREADABLE_KEY, line }]
  if (/^(?:RSA |EC |DSA )?PRIVATE KEY$/.test(label)) {
    return [readPemKey(text, passwords.all) ?? { ...UNREADABLE_KEY, line }]
  }
  return null
}

function decrypted(der: Uint8Array, passwords: Passwords): KeyObject | null {
  const pkcs8 = openPrivateKey(der, passwords)
  return pkcs8 === null ? null : readPkcs8(pkcs8)
}

/** openssl's own form of a certificate has its settings of trust behind it. */
function withoutTrust(der: Uint8Array): Uint8Array {
  const first = elementAt(der, 0, der.length)
  return first === null ? der : bytesOf(first)
}
