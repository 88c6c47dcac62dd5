import type { Judged } from '../../check/judged.ts'
import { judgeValidityPeriod } from './baseline-requirements.ts'
import { judgeChain } from './chain.ts'
import { judgeCryptography } from './cryptography.ts'
import { judgeKeys, judgeSharedKeys } from './keys.ts'
import { judgeLifetime } from './lifetime.ts'
import { judgeNames } from './names.ts'
import { judgePurpose } from './purpose.ts'
import type { CertificateQuestion } from './question.ts'
import { judgeLists, judgeRevocation } from './revocation.ts'
import { type Subject, subjectsOf } from './subject.ts'

/**
 * Judges certificates, wherever they were read from. All questions of a run go in together, as one key may serve certificates of several.
 * OCSP is not asked about: public authorities have switched it off, and a server without a stapled answer is in order.
 *
 * @returns for each certificate one on its lifetime, whatever its level, and one for each question that is not ok; for each revocation list
 *   in a container one on its freshness
 */
export function judgeCertificates(questions: readonly CertificateQuestion[], now: Date): Judged[] {
  const asked = questions.map((question) => ({ question, subjects: subjectsOf(question) }))
  const leaves = asked.flatMap(({ subjects }) => subjects.filter(({ isLeaf }) => isLeaf))
  return [
    ...asked.flatMap(({ question, subjects }) => [...judgeOne(subjects, now), ...judgeLists(question, now)]),
    ...judgeSharedKeys(leaves),
  ]
}

function judgeOne(subjects: readonly Subject[], now: Date): Judged[] {
  const leaves = subjects.filter(({ isLeaf }) => isLeaf)
  return [
    ...subjects.flatMap((subject) => [
      ...judgeLifetime(subject, now),
      ...judgeCryptography(subject),
      ...judgeRevocation(subject),
    ]),
    ...leaves.flatMap((leaf) => [...judgePurpose(leaf), ...judgeValidityPeriod(leaf), ...judgeChain(leaf, now)]),
    ...judgeNames(leaves),
    ...judgeKeys(leaves),
  ]
}
