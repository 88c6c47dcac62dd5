import type { Judged } from '../../check/judged.ts'
import { judged } from '../../check/subject.ts'
import { dayOf } from '../../day.ts'
import type { Certificate } from '../certificate.ts'
import type { RevocationList } from '../revocation-list.ts'
import { levelOfList } from './lifetime.ts'
import type { CertificateQuestion } from './question.ts'
import { findingOn, type Subject } from './subject.ts'

const UNVERIFIED =
  'the signature of the list was not verified: its issuer is not at hand, or its algorithm is not known here'

/** Looks a certificate up in the revocation lists of its issuer. A list with a wrong signature counts for nothing. */
export function judgeRevocation(subject: Subject): Judged[] {
  const { certificate, question, issuers } = subject
  for (const list of [...question.container.lists, ...question.lists]) {
    if (list.issuer !== certificate.issuer || list.isIndirect) continue
    const revocation = list.find(certificate.serial)
    const isSigned = revocation === null ? null : isSignedBy(list, issuers.of(certificate))
    if (revocation === null || isSigned === false) continue
    return [
      findingOn(subject, {
        rule: 'certificate-revoked',
        level: 'overdue',
        message: `is revoked: the list of its authority names it, with the reason ${revocation.reason}`,
        end: revocation.at,
        reasons: isSigned === null ? [UNVERIFIED] : [],
        advice: 'Replace it now by a new one with a new key.',
      }),
    ]
  }
  return []
}

function isSignedBy(list: RevocationList, issuer: Certificate | null): boolean | null {
  try {
    return issuer === null ? null : list.isSignedBy(issuer.x509.publicKey)
  } catch {
    return null
  }
}

/** Judges how fresh the revocation lists of a container are: clients that insist on one refuse every certificate after its end. */
export function judgeLists(question: CertificateQuestion, now: Date): Judged[] {
  const { place, environment, owners, reasons, label } = question
  return question.container.lists.map((list, index) => {
    const name = [label, list.name].filter(Boolean).join(': ') + (index === 0 ? '' : ` #${index + 1}`)
    const { level, due } = levelOfList(list, question, now)
    return judged(
      { kind: 'crl', name, place, environment, owners },
      {
        ...{
          rule: 'crl-freshness',
          level,
          due,
          end: list.nextUpdate,
          since: list.thisUpdate,
          sinceIsExact: true,
          reasons,
        },
        message: wordsFor(list, level),
        advice: 'Fetch the list again from its authority.',
      },
    )
  })
}

function wordsFor({ nextUpdate }: RevocationList, level: Judged['level']): string {
  if (nextUpdate === null) return 'does not say when its next edition comes'
  const day = dayOf(nextUpdate)
  return level === 'overdue' ? `is stale: its next edition came by ${day}` : `is fresh until ${day}`
}
