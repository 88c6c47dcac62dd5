import type { Judged } from '../../check/judged.ts'
import type { Certificate } from '../certificate.ts'
import { findingOn, type Subject } from './subject.ts'

const IP_ADDRESS = /^[0-9.]+$|:/

/**
 * Judges for whom certificates are: each host that is asked for must be in one of the leaves, by its alternative names alone. Clients have
 * not looked at the common name for years (RFC 9525 section 1.1), so a server's certificate without alternative names is for nobody.
 */
export function judgeNames(leaves: readonly Subject[]): Judged[] {
  const [first] = leaves
  if (first === undefined) return []
  const nameless = leaves.filter(({ certificate, purpose }) => purpose === 'server' && !certificate.hasAlternativeNames)
  const unmatched = first.question.hosts.filter((host) => !leaves.some(({ certificate }) => isFor(certificate, host)))
  return [
    ...nameless.map((leaf) =>
      findingOn(leaf, {
        rule: 'certificate-without-names',
        level: 'late',
        message: 'has no alternative name of a host, and clients no longer look at the common name',
        advice: 'Issue it again with its hosts as subjectAltName.',
      }),
    ),
    ...unmatched.map((host) =>
      findingOn(first, {
        rule: 'certificate-host',
        level: 'overdue',
        name: `${first.name} for ${host}`,
        message: 'is not for this host, and clients refuse it there',
        advice: 'Issue it again with this host among its alternative names, or correct hosts in sealward.yml.',
      }),
    ),
  ]
}

/** @param host a name or an IP address; no certificate is for what is neither, as `1.2.3` is */
export function isFor({ x509 }: Certificate, host: string): boolean {
  try {
    if (IP_ADDRESS.test(host)) return x509.checkIP(host) !== undefined
    return x509.checkHost(host.replace(/\.$/, ''), { subject: 'never' }) !== undefined
  } catch {
    return false
  }
}
