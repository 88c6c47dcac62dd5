import { type Certificate, readCertificate } from '../certificate/certificate.ts'
import { leavesOf } from '../certificate/chain.ts'
import { type Container, containerOf, groupOf } from '../certificate/container/container.ts'
import { judgeCertificates } from '../certificate/judge/judge.ts'
import { isFor } from '../certificate/judge/names.ts'
import type { CertificateQuestion } from '../certificate/judge/question.ts'
import type { RevocationList } from '../certificate/revocation-list.ts'
import { dayOf } from '../day.ts'
import { bandOf } from './bands.ts'
import { type Judged, LEVELS } from './judged.ts'
import { type Answer, judged, type Subject } from './subject.ts'

/** What a server showed, and what it should have shown. */
export interface ServedCertificate {
  /** Of kind `endpoint`, by the name `host:port`, where sealward.yml names it. */
  readonly subject: Subject
  /** The name that the certificate must be for. */
  readonly servername: string
  /** The certificate that it presents itself with. */
  readonly leaf: Certificate
  /** What stands after it, in the order in which it came. */
  readonly rest: readonly Certificate[]
  /** `TLSv1.3` */
  readonly protocol: string
  /** Null when the authorities of this machine lead to it, else OpenSSL's word for why not; undefined when that was not asked. */
  readonly distrust: string | null | undefined
  /** What of the repository it should serve; null for no question. */
  readonly expected: readonly Container[] | null
  /** Revocation lists to look it up in. */
  readonly lists: readonly RevocationList[]
  readonly reasons: readonly string[]
}

/** Where nothing else is said, as in the rest of `check`. */
const WARN_DAYS = 30
const OLD_PROTOCOLS: Readonly<Record<string, string>> = { SSLv3: 'SSL 3', TLSv1: 'TLS 1.0', 'TLSv1.1': 'TLS 1.1' }
/** What the certificates themselves are found guilty of, with better words. */
const SAID_ELSEWHERE = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'])

/** @returns what was served as certificates; null where the first is none that Node reads. Others that are none are left out */
export function readServed(chain: readonly Uint8Array[]): Pick<ServedCertificate, 'leaf' | 'rest'> | null {
  const [leaf, ...rest] = chain.map(readCertificate)
  return leaf ? { leaf, rest: rest.filter((certificate) => certificate !== null) } : null
}

/** Judges what servers showed: the certificates as others are, then the connection, then against what the repository has. */
export function judgeServed(served: readonly ServedCertificate[], now: Date): Judged[] {
  return [
    ...judgeShown(served, now),
    ...served.flatMap((one) => [...judgeProtocol(one), ...judgeTrust(one), ...judgeDeployment(one, now)]),
  ]
}

/** Of the certificates above a leaf, how long they last is told of the leaf: who runs the server did not choose them. */
function judgeShown(served: readonly ServedCertificate[], now: Date): Judged[] {
  const leaves = new Set(served.map(({ subject, leaf }) => `${subject.name}: ${leaf.name}`))
  const all = judgeCertificates(served.map(questionOn), now)
  return all.filter(({ rule, name }) => rule !== 'certificate-lifetime' || leaves.has(name))
}

/** Clients look at the first certificate alone, and for issuers of it at the others: another leaf among them means nothing. */
function questionOn({ subject, servername, leaf, rest, lists, reasons }: ServedCertificate): CertificateQuestion {
  const { name: label, place, environment, owners } = subject
  const shown = [leaf, ...rest.filter(({ isAuthority }) => isAuthority)]
  const certificates = shown.map((certificate) => ({ certificate, line: null }))
  return {
    ...{ label, place, environment, owners, reasons, lists },
    container: containerOf('der', { groups: [groupOf({ name: '', certificates, keys: [] })] }),
    ...{ hosts: [servername], purpose: 'server', key: null, authorities: [], floorDays: null, warnDays: WARN_DAYS },
  }
}

function judgeProtocol(served: ServedCertificate): Judged[] {
  const old = OLD_PROTOCOLS[served.protocol]
  if (old === undefined) return []
  return [
    findingOn(served, {
      rule: 'endpoint-protocol',
      level: 'late',
      message: `speaks nothing newer than ${old}, which clients of today refuse (RFC 8996)`,
      advice: 'Let it speak TLS 1.2 and 1.3.',
    }),
  ]
}

/** Of a private authority nobody expects that this machine knows it. */
function judgeTrust(served: ServedCertificate): Judged[] {
  const { distrust, leaf } = served
  if (!distrust || !leaf.isLogged || SAID_ELSEWHERE.has(distrust)) return []
  return [
    findingOn(served, {
      rule: 'endpoint-trust',
      level: 'late',
      message: `shows a publicly issued certificate that does not lead to an authority known here (${distrust})`,
      advice: 'Serve the chain as its authority hands it out, or renew with an authority that clients have.',
    }),
  ]
}

/** The comparison of what is in git with what is in use: a renewal is done when it is both. */
function judgeDeployment(served: ServedCertificate, now: Date): Judged[] {
  const { leaf, expected } = served
  const candidates = (expected ?? []).flatMap(presentedIn)
  const [kept] = candidates.toSorted((one, other) => fitOf(served, other) - fitOf(served, one))
  if (kept === undefined) return []
  const rule = 'not-deployed'
  if (candidates.some(({ fingerprint }) => fingerprint === leaf.fingerprint))
    return [
      findingOn(served, { rule, level: 'ok', message: 'serves the certificate that is in the repository', advice: '' }),
    ]
  const [mine, its] = [kept.notBefore.getTime(), leaf.notBefore.getTime()]
  const advice = 'Put it where the server reads it, and let the server read it again.'
  if (mine > its)
    return [
      findingOn(served, {
        rule,
        level: atLeastDue(leaf, now),
        message: `was renewed and not deployed: the repository has one valid from ${dayOf(kept.notBefore)}, and it still serves one from ${dayOf(leaf.notBefore)}`,
        advice,
      }),
    ]
  return [
    findingOn(served, {
      rule: mine < its ? 'deployed-not-committed' : 'deployed-differs',
      level: mine < its ? 'due' : 'late',
      message:
        mine < its
          ? `serves a newer certificate, valid from ${dayOf(leaf.notBefore)}, than the one in the repository, from ${dayOf(kept.notBefore)}`
          : 'serves another certificate than the one in the repository, and neither is newer',
      advice: 'Commit the one that is in use, or deploy the one that is committed.',
    }),
  ]
}

function presentedIn({ groups }: Container): readonly Certificate[] {
  return groups.flatMap(({ certificates }) => leavesOf(certificates.map(({ certificate }) => certificate)))
}

/** One for its name counts before any other, then the newest. */
function fitOf({ servername }: ServedCertificate, certificate: Certificate): number {
  const start = certificate.notBefore.getTime()
  return isFor(certificate, servername) ? start + Number.MAX_SAFE_INTEGER / 2 : start
}

/** The more of the old one's life is over, the more urgent. */
function atLeastDue(leaf: Certificate, now: Date): Judged['level'] {
  const { level } = bandOf(leaf, { warn: WARN_DAYS, floor: null }, now)
  return LEVELS[Math.max(LEVELS.indexOf(level), LEVELS.indexOf('due'))]!
}

function findingOn(
  { subject, leaf, reasons }: ServedCertificate,
  answer: Pick<Answer, 'rule' | 'level' | 'message' | 'advice'>,
): Judged {
  const life = { due: null, end: leaf.notAfter, since: leaf.notBefore, sinceIsExact: true }
  return judged(subject, { ...life, ...answer, reasons })
}
