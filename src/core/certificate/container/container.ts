import type { KeyObject } from 'node:crypto'
import type { Secret } from '../../secret.ts'
import type { Certificate } from '../certificate.ts'
import type { RevocationList } from '../revocation-list.ts'

/** What was read out of a file or a value that holds certificates. */
export interface Container {
  readonly kind: 'pem' | 'der' | 'pkcs12' | 'jks' | 'jceks' | 'kubeconfig'
  readonly groups: readonly CertificateGroup[]
  readonly lists: readonly RevocationList[]
  readonly tokens: readonly NamedToken[]
  /** What is there and could not be read: never with a part of it. */
  readonly problems: readonly Problem[]
}

/** Certificates that belong together: a bundle, an entry of a keystore, a user of a kubeconfig. */
export interface CertificateGroup {
  /** An alias, a user, a cluster; the empty text for a whole file. May hold any character. */
  readonly name: string
  /** `trusted`: what others are verified by, as it seems. A server that presents one of these is told so by the private key beside it. */
  readonly role: 'presented' | 'trusted'
  readonly certificates: readonly PlacedCertificate[]
  /** Private keys that stand beside them. */
  readonly keys: readonly KeyObject[]
}

export interface PlacedCertificate {
  readonly certificate: Certificate
  /** Of its first line in a text that was not decoded from anything; null elsewhere. From 1. */
  readonly line: number | null
}

/** A token of a kubeconfig. Whoever wants its expiry reads it as any other token. */
export interface NamedToken {
  readonly name: string
  readonly token: Secret
}

export interface Problem {
  readonly message: string
  readonly hint: string
  readonly line: number | null
}

export const UNREADABLE_CERTIFICATE = {
  message: 'a certificate cannot be read: it is damaged, or of a kind that Node does not know',
  hint: 'replace it by what the authority issued',
}

/** @returns a group that is `trusted` when it has authorities only, and no private key */
export function groupOf(given: Omit<CertificateGroup, 'role'>): CertificateGroup {
  const trusted = given.keys.length === 0 && given.certificates.every(({ certificate }) => certificate.isAuthority)
  return { ...given, role: trusted ? 'trusted' : 'presented' }
}

/** @returns a container of one kind with nothing in it but what is given */
export function containerOf(kind: Container['kind'], given: Partial<Container>): Container {
  return { kind, groups: [], lists: [], tokens: [], problems: [], ...given }
}
