import { Buffer } from 'node:buffer'
import type { KeyObject } from 'node:crypto'
import { bytesOf, type Element, elementAt, onlyElement, partsOf, TAG } from './der/element.ts'
import { numberOf, serialOf, timeOf } from './der/values.ts'
import { commonNameOf } from './distinguished-name.ts'
import { EXTENSION, type Extensions, readExtensions } from './extensions.ts'
import { verifySignature } from './signature.ts'

/** A revocation list, a CRL (RFC 5280 section 5). */
export interface RevocationList {
  /** What people call its issuer: the common name. May hold any character. */
  readonly name: string
  /** The issuer's name as DER, in hexadecimal. */
  readonly issuer: string
  readonly thisUpdate: Date
  /** Null when it does not say when the next one comes. */
  readonly nextUpdate: Date | null
  /** It also lists certificates of other issuers, so a serial number alone says nothing (section 5.2.5). */
  readonly isIndirect: boolean
  /** @returns null when it does not name this serial number */
  find(serial: string): Revocation | null
  /** @returns whether this key signed it; null when that cannot be said */
  isSignedBy(key: KeyObject): boolean | null
}

export interface Revocation {
  readonly at: Date | null
  /** The words of RFC 5280 section 5.3.1: `keyCompromise`. */
  readonly reason: string
}

const REASONS = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  'unused',
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
]
const EXTENSIONS = 0xa0
const INDIRECT = 0x84
const isTime = ({ tag }: Element) => tag === TAG.utcTime || tag === TAG.generalizedTime

/** @returns null when the bytes are not one revocation list in DER */
export function readRevocationList(der: Uint8Array): RevocationList | null {
  const [body, algorithm, signature] = partsOf(onlyElement(der))
  // TBSCertList: version OPTIONAL, signature, issuer, thisUpdate, nextUpdate OPTIONAL, revokedCertificates OPTIONAL, [0] extensions
  const fields = partsOf(body).filter(({ tag }, index) => index > 0 || tag !== TAG.integer)
  const [, issuer, first, ...rest] = fields
  const thisUpdate = timeOf(first)
  if (body === undefined || issuer?.tag !== TAG.sequence || thisUpdate === null || signature?.tag !== TAG.bitString) {
    return null
  }
  const revoked = rest.find(({ tag }) => tag === TAG.sequence)
  const extensions = readExtensions(partsOf(rest.find(({ tag }) => tag === EXTENSIONS))[0])
  let index: ReadonlyMap<string, number> | null = null
  return {
    name: commonNameOf(issuer) ?? 'revocation list',
    issuer: Buffer.from(bytesOf(issuer)).toString('hex'),
    thisUpdate,
    nextUpdate: timeOf(rest.find(isTime)),
    isIndirect: isIndirect(extensions),
    find(serial) {
      index ??= indexOf(revoked)
      const offset = index.get(serial)
      return offset === undefined ? null : revocationOf(elementAt(der, offset, der.length))
    },
    isSignedBy: (key) => verifySignature({ body: bytesOf(body), algorithm, signature }, key),
  }
}

function isIndirect(extensions: Extensions): boolean {
  return partsOf(extensions.get(EXTENSION.issuingDistributionPoint)).some(({ tag }) => tag === INDIRECT)
}

/** Where each serial number stands. Numbers and no objects: the list of a large authority has hundreds of thousands. */
function indexOf(revoked: Element | undefined): ReadonlyMap<string, number> {
  const index = new Map<string, number>()
  if (revoked === undefined) return index
  for (let offset = revoked.contentStart; offset < revoked.end; ) {
    const entry = elementAt(revoked.source, offset, revoked.end)
    const serial = entry === null ? null : elementAt(entry.source, entry.contentStart, entry.end)
    if (entry === null || serial === null) break
    index.set(serialOf(serial), offset)
    offset = entry.end
  }
  return index
}

/** `removeFromCRL` takes an entry of an earlier list back. */
function revocationOf(entry: Element | null): Revocation | null {
  const [, at, extensions] = partsOf(entry)
  const reason = REASONS[numberOf(readExtensions(extensions).get(EXTENSION.reasonCode)) ?? 0] ?? 'unspecified'
  return reason === 'removeFromCRL' ? null : { at: timeOf(at), reason }
}
