import type { Judged } from '../../check/judged.ts'
import { findingOn, type Subject } from './subject.ts'

const WEAK_DIGESTS: Readonly<Record<string, string>> = { md2: 'MD2', md5: 'MD5', sha1: 'SHA-1' }

/** Judges the key and the signature. A root's own signature does not matter: who trusts it does so by its key. */
export function judgeCryptography(subject: Subject): Judged[] {
  const { strength, digest, isSelfIssued } = subject.certificate
  const broken = isSelfIssued ? undefined : WEAK_DIGESTS[digest]
  const advice = 'Issue it again'
  const key = strength.weakness !== null && {
    ...{ rule: 'certificate-weak-key', level: 'late' as const, message: strength.weakness },
    advice: `${advice} with a new key of P-256, or of RSA with 2048 bits or more.`,
  }
  const signature = broken !== undefined && {
    ...{
      rule: 'certificate-weak-signature',
      level: 'late' as const,
      message: `is signed with ${broken}, which is broken`,
    },
    advice: `${advice} with SHA-256.`,
  }
  return [key, signature].flatMap((verdict) => (verdict === false ? [] : [findingOn(subject, verdict)]))
}
