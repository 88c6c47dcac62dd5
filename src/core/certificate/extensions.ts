import { contentOf, type Element, insideOf, partsOf, TAG } from './der/element.ts'
import { objectIdOf } from './der/values.ts'

/** Extensions by object identifier, each as the one element that its value is. */
export type Extensions = ReadonlyMap<string, Element>

export const EXTENSION = {
  subjectAlternativeName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  reasonCode: '2.5.29.21',
  issuingDistributionPoint: '2.5.29.28',
  distributionPoints: '2.5.29.31',
  extendedKeyUsage: '2.5.29.37',
  timestamps: '1.3.6.1.4.1.11129.2.4.2',
} as const

/** @param list SEQUENCE OF Extension (RFC 5280 section 4.1) */
export function readExtensions(list: Element | undefined): Extensions {
  return new Map(
    partsOf(list).flatMap((extension): [string, Element][] => {
      const [id, ...rest] = partsOf(extension)
      const value = insideOf(rest.at(-1))
      return value === undefined ? [] : [[objectIdOf(id), value]]
    }),
  )
}

/** @returns the purposes of extendedKeyUsage; null when the certificate does not limit them */
export function usagesIn(extensions: Extensions): readonly string[] | null {
  const usage = extensions.get(EXTENSION.extendedKeyUsage)
  return usage === undefined ? null : partsOf(usage).map(objectIdOf)
}

/** @returns whether basicConstraints says that it may issue others */
export function isAuthorityBy(extensions: Extensions): boolean {
  const [flag] = partsOf(extensions.get(EXTENSION.basicConstraints))
  return contentOf(flag, TAG.boolean)[0] === 0xff
}

const DNS_NAME = 0x82
const IP_ADDRESS = 0x87

/** @returns the DNS names it is for, and whether there is any DNS name or IP address at all */
export function namesIn(extensions: Extensions): { readonly dns: readonly string[]; readonly any: boolean } {
  const names = partsOf(extensions.get(EXTENSION.subjectAlternativeName))
  const dns = names.filter(({ tag }) => tag === DNS_NAME).map((name) => textOf(contentOf(name, DNS_NAME)))
  return { dns, any: names.some(({ tag }) => tag === DNS_NAME || tag === IP_ADDRESS) }
}

const FULL_NAME = 0xa0
const ADDRESS = 0x86
const MAX_ADDRESSES = 4

/** @returns where its revocation list is: addresses of http, or https (RFC 5280 section 4.2.1.13); at most four */
export function listAddressesIn(extensions: Extensions): readonly string[] {
  const points = partsOf(extensions.get(EXTENSION.distributionPoints)).flatMap(partsOf)
  const names = points
    .filter(({ tag }) => tag === FULL_NAME)
    .flatMap(partsOf)
    .filter(({ tag }) => tag === FULL_NAME)
  const addresses = names.flatMap(partsOf).map((name) => textOf(contentOf(name, ADDRESS)))
  return addresses.filter((address) => /^https?:\/\/[\x21-\x7e]+$/.test(address)).slice(0, MAX_ADDRESSES)
}

function textOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 255))
}
