import type { Judged } from '../../check/judged.ts'
import { findingOn, type Subject } from './subject.ts'

const ANY = '2.5.29.37.0'
const NEEDED: Readonly<Record<string, string>> = { server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2' }

/** Judges whether a leaf is what it is used as: an extended key usage for it, and no authority. */
export function judgePurpose(leaf: Subject): Judged[] {
  return [...judgeUsages(leaf), ...judgeAuthority(leaf)]
}

function judgeUsages(leaf: Subject): Judged[] {
  const { certificate, purpose } = leaf
  const needed = NEEDED[purpose]
  if (needed === undefined || certificate.usages?.some((usage) => usage === needed || usage === ANY)) return []
  if (certificate.usages === null && purpose === 'client') return []
  const advice = `Issue it again with ${purpose}Auth as extendedKeyUsage.`
  const rule = 'certificate-usage'
  return certificate.usages === null
    ? [
        findingOn(leaf, {
          rule,
          level: 'due',
          message: 'does not say that it is for servers; some clients insist',
          advice,
        }),
      ]
    : [findingOn(leaf, { rule, level: 'overdue', message: `is for other uses than that of a ${purpose}`, advice })]
}

/** Whoever has the key of such a server can issue certificates for every name. */
function judgeAuthority(leaf: Subject): Judged[] {
  if (!leaf.certificate.isAuthority || (leaf.purpose !== 'server' && leaf.purpose !== 'client')) return []
  return [
    findingOn(leaf, {
      rule: 'certificate-is-authority',
      level: 'late',
      message: 'may issue other certificates, and is presented as if it were none',
      advice: 'Issue it again with CA:FALSE, or set purpose: ca in sealward.yml when it is not presented.',
    }),
  ]
}
