import type { Container } from '../../../src/core/certificate/container/container.ts'
import { readContainer } from '../../../src/core/certificate/container/read-container.ts'
import { judgeCertificates } from '../../../src/core/certificate/judge/judge.ts'
import type { CertificateQuestion } from '../../../src/core/certificate/judge/question.ts'

/** A moment early in the life of what `Authority.issue` makes: everything is `ok` by its age. */
export const EARLY = new Date('2026-06-02T00:00:00Z')

export function contentsOf(input: Uint8Array | string, passwords: readonly string[] = []): Container {
  const container = readContainer(input, passwords)
  if (container === null) throw new Error('not recognised')
  return container
}

/** A question about the certificates of a text, asking nothing beyond what is given. */
export function questionOn(input: Uint8Array | string, asked: Partial<CertificateQuestion> = {}): CertificateQuestion {
  return {
    container: contentsOf(input),
    ...{ label: null, place: { file: 'tls.pem' }, environment: null, owners: [], reasons: [] },
    ...{ hosts: [], purpose: 'server', key: null, lists: [], authorities: [], floorDays: null, warnDays: 30 },
    ...asked,
  }
}

/** What is said about it, as `rule: level`, the lifetimes that are in order left out. */
export function verdictsOn(
  input: Uint8Array | string,
  asked: Partial<CertificateQuestion> = {},
  now = EARLY,
): string[] {
  return judgeCertificates([questionOn(input, asked)], now)
    .filter(({ rule, level }) => rule !== 'certificate-lifetime' || level !== 'ok')
    .map(({ rule, level }) => `${rule}: ${level}`)
}
