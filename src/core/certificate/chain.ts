import type { Certificate } from './certificate.ts'

const MAX_PATH = 10
/** Certificates of one name and many keys would cost a verification each. */
const MAX_CANDIDATES = 8

/** Finds who issued whom among some certificates: by the name, and then by the signature. */
export class Issuers {
  readonly #bySubject = new Map<string, Certificate[]>()
  readonly #found = new Map<Certificate, Certificate | null>()

  constructor(pool: Iterable<Certificate>) {
    const known = new Map([...pool].map((certificate) => [certificate.fingerprint, certificate]))
    for (const certificate of known.values()) {
      const others = this.#bySubject.get(certificate.subject)
      if (others === undefined) this.#bySubject.set(certificate.subject, [certificate])
      else others.push(certificate)
    }
  }

  /** @returns of several with the same key, as cross-signing makes them, the one that lasts longest; null when none is there */
  of(certificate: Certificate): Certificate | null {
    const known = this.#found.get(certificate)
    if (known !== undefined) return known
    const issuer = this.#search(certificate)
    this.#found.set(certificate, issuer)
    return issuer
  }

  /** @returns the way from a certificate up to the last issuer that is there, itself first */
  pathOf(leaf: Certificate): readonly Certificate[] {
    const path = [leaf]
    while (path.length < MAX_PATH) {
      const last = path.at(-1)!
      const issuer = last.isSelfIssued ? null : this.of(last)
      if (issuer === null || path.includes(issuer)) break
      path.push(issuer)
    }
    return path
  }

  #search(certificate: Certificate): Certificate | null {
    const candidates = (this.#bySubject.get(certificate.issuer) ?? [])
      .filter(({ fingerprint }) => fingerprint !== certificate.fingerprint)
      .sort((one, other) => endOf(other) - endOf(one))
    return candidates.slice(0, MAX_CANDIDATES).find((candidate) => isSignedBy(certificate, candidate)) ?? null
  }
}

/**
 * The certificates that others do not hang on: what is presented for a host, a client or a signature. These are the ones that are no
 * authorities; where all are, those that issued no other here.
 */
export function leavesOf(certificates: readonly Certificate[]): readonly Certificate[] {
  const plain = certificates.filter(({ isAuthority }) => !isAuthority)
  if (plain.length > 0) return plain
  const issuers = new Set(certificates.filter(({ isSelfIssued }) => !isSelfIssued).map(({ issuer }) => issuer))
  return certificates.filter(({ subject }) => !issuers.has(subject))
}

/** @returns the milliseconds of its end; a certificate without one comes last */
export function endOf({ notAfter }: Certificate): number {
  return notAfter?.getTime() ?? Number.MAX_SAFE_INTEGER
}

function isSignedBy(certificate: Certificate, issuer: Certificate): boolean {
  try {
    return certificate.x509.verify(issuer.x509.publicKey)
  } catch {
    return false
  }
}
