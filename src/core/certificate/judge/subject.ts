import type { Judged, SubjectPlace } from '../../check/judged.ts'
import { judged } from '../../check/subject.ts'
import type { Certificate } from '../certificate.ts'
import { Issuers, leavesOf } from '../chain.ts'
import type { CertificateGroup } from '../container/container.ts'
import type { CertificatePurpose, CertificateQuestion } from './question.ts'

/** One certificate as it is judged: with the name that a person knows it by, and everything a rule may ask for. */
export interface Subject {
  readonly certificate: Certificate
  readonly name: string
  readonly place: SubjectPlace | null
  readonly question: CertificateQuestion
  readonly purpose: CertificatePurpose
  readonly issuers: Issuers
  /** It is presented for a host, a client or a signature, and does not only vouch for others. */
  readonly isLeaf: boolean
  readonly group: CertificateGroup
}

/** @returns one for every certificate of a question, each certificate of a group once */
export function subjectsOf(question: CertificateQuestion): Subject[] {
  const { groups, kind } = question.container
  const all = groups.flatMap(({ certificates }) => certificates.map(({ certificate }) => certificate))
  const issuers = new Issuers([...all, ...question.authorities])
  const purpose = kind === 'kubeconfig' && question.purpose === 'server' ? 'client' : question.purpose
  return withUniqueNames(groups.flatMap((group) => subjectsIn(group, { question, purpose, issuers })))
}

type Shared = Pick<Subject, 'question' | 'purpose' | 'issuers'>

function subjectsIn(group: CertificateGroup, shared: Shared): Subject[] {
  const { question } = shared
  const unique = [...new Map(group.certificates.map((placed) => [placed.certificate.fingerprint, placed])).values()]
  const leaves = isPresented(group, question) ? leavesOf(unique.map(({ certificate }) => certificate)) : []
  return unique.map(({ certificate, line }) => ({
    ...shared,
    certificate,
    group,
    name: [question.label, group.name, certificate.name].filter(Boolean).join(': '),
    place: placeOf(question.place, line),
    isLeaf: leaves.includes(certificate),
  }))
}

/** Authorities alone are a trust store, unless somebody asks of them what is asked of a server. */
function isPresented({ role }: CertificateGroup, { purpose, hosts, key, container }: CertificateQuestion): boolean {
  if (purpose === 'ca' || role === 'presented') return purpose !== 'ca'
  return (hosts.length > 0 || key !== null) && container.groups.every((group) => group.role === 'trusted')
}

function placeOf(place: SubjectPlace | null, line: number | null): SubjectPlace | null {
  return place === null || place.line !== undefined || line === null ? place : { ...place, line }
}

/** Ids are made of names: a second certificate of one name needs another. */
function withUniqueNames(subjects: readonly Subject[]): Subject[] {
  const seen = new Map<string, number>()
  return subjects.map((subject) => {
    const count = (seen.get(subject.name) ?? 0) + 1
    seen.set(subject.name, count)
    return count === 1 ? subject : { ...subject, name: `${subject.name} #${count}` }
  })
}

/** What a rule says of a subject; the rest of Judged is the subject's. */
type Verdict = Pick<Judged, 'rule' | 'level' | 'message' | 'advice'> &
  Partial<Pick<Judged, 'name' | 'due' | 'end' | 'reasons'>>

/** @returns the verdict with everything that is the same for all verdicts on one certificate */
export function findingOn({ certificate, name, place, question }: Subject, verdict: Verdict): Judged {
  const { environment, owners } = question
  const subject = { kind: 'certificate' as const, name: verdict.name ?? name, environment, place, owners }
  return judged(subject, {
    ...{ due: null, end: certificate.notAfter, since: certificate.notBefore, sinceIsExact: true },
    ...verdict,
    reasons: [...(verdict.reasons ?? []), ...question.reasons],
  })
}
