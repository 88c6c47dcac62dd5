import type { Judged } from '../../check/judged.ts'
import type { Certificate } from '../certificate.ts'
import { endOf } from '../chain.ts'
import { lifetimeOf } from './lifetime.ts'
import { findingOn, type Subject } from './subject.ts'

/** Judges how a leaf gets to an authority that clients trust: whether the way is there, in order, and lasts as long as the leaf. */
export function judgeChain(leaf: Subject, now: Date): Judged[] {
  const path = leaf.issuers.pathOf(leaf.certificate)
  return [...judgeCompleteness(leaf, path), ...judgeOrder(leaf, path), ...judgeEnd(leaf, path, now)]
}

/**
 * Where it is known which authorities clients have, the way must end at one of them. Where it is not, only one thing is certain: a
 * publicly trusted certificate is never issued by a root itself, so there it must not stand alone.
 */
function judgeCompleteness(leaf: Subject, path: readonly Certificate[]): Judged[] {
  const { authorities } = leaf.question
  const isMissing = authorities.length > 0 ? !path.at(-1)!.isSelfIssued : path.length === 1 && isPublic(leaf)
  if (!isMissing) return []
  return [
    findingOn(leaf, {
      rule: 'certificate-chain-incomplete',
      level: 'late',
      message: 'the certificates between it and its root are not all there, and not every client finds them by itself',
      advice: 'Add the intermediate certificates that its authority hands out, below it.',
    }),
  ]
}

function isPublic({ certificate }: Subject): boolean {
  return certificate.isLogged && !certificate.isSelfIssued
}

/** Up to TLS 1.2 each must certify the one before it (RFC 5246 section 7.4.2). In PKCS#12 the order has no meaning. */
function judgeOrder(leaf: Subject, path: readonly Certificate[]): Judged[] {
  const order = leaf.group.certificates.map(({ certificate }) => certificate.fingerprint)
  const presented = path.map(({ fingerprint }) => fingerprint).filter((fingerprint) => order.includes(fingerprint))
  const isOnly = leaf.group.certificates.every(
    ({ certificate }) => certificate.isAuthority || certificate.fingerprint === leaf.certificate.fingerprint,
  )
  if (leaf.question.container.kind === 'pkcs12' || !isOnly) return []
  if (presented.every((fingerprint, index) => order[index] === fingerprint)) return []
  return [
    findingOn(leaf, {
      rule: 'certificate-chain-order',
      level: 'due',
      message: 'the chain is out of order: each certificate must stand below the one that it certifies, the leaf first',
      advice: 'Put them in order; older clients refuse such a chain.',
    }),
  ]
}

/** A chain ends with the first of its certificates. */
function judgeEnd(leaf: Subject, path: readonly Certificate[], now: Date): Judged[] {
  const first = path.reduce((one, other) => (endOf(other) < endOf(one) ? other : one))
  if (first === leaf.certificate) return []
  const { level, due } = lifetimeOf(first, leaf.question, now)
  if (level === 'ok') return []
  return [
    findingOn(leaf, {
      rule: 'certificate-chain-lifetime',
      ...{ level, due, end: first.notAfter },
      message:
        level === 'overdue' ? 'a certificate above it has expired' : 'a certificate above it ends before it does',
      advice: 'Replace the certificates above it by those that its authority hands out today.',
    }),
  ]
}
