import type { KeyObject } from 'node:crypto'
import type { Judged } from '../../check/judged.ts'
import type { Certificate } from '../certificate.ts'
import { findingOn, type Subject } from './subject.ts'

/** Judges whether the private keys fit: the one that is asked for, and those that stand beside the certificates. */
export function judgeKeys(leaves: readonly Subject[]): Judged[] {
  const groups = [...new Set(leaves.map(({ group }) => group))]
  const beside = groups.map((group) => ({ keys: group.keys, to: leaves.filter((leaf) => leaf.group === group) }))
  const asked = leaves[0]?.question.key ?? null
  return [
    ...(asked === null ? [] : judgePair([asked], leaves, 'certificate-key')),
    ...beside.flatMap(({ keys, to }) => (keys.length === 0 ? [] : judgePair(keys, to, 'certificate-key-beside'))),
  ]
}

function judgePair(keys: readonly KeyObject[], leaves: readonly Subject[], rule: string): Judged[] {
  const [first] = leaves
  const fits = leaves.some(({ certificate }) => keys.some((key) => isKeyOf(certificate, key)))
  if (first === undefined || fits) return []
  return [
    findingOn(first, {
      rule,
      level: 'overdue',
      message: 'the private key is not the one that belongs to it, and a server does not start with the two',
      advice: 'Put the certificate and the key of one and the same request together.',
    }),
  ]
}

function isKeyOf({ x509 }: Certificate, key: KeyObject): boolean {
  try {
    return x509.checkPrivateKey(key)
  } catch {
    return false
  }
}

/** Judges across all questions whether different leaves have one key: who gets hold of it has them all, and it is never renewed. */
export function judgeSharedKeys(leaves: readonly Subject[]): Judged[] {
  const byKey = new Map<string, Set<string>>()
  for (const { certificate } of leaves) {
    byKey.set(certificate.keyId, (byKey.get(certificate.keyId) ?? new Set()).add(certificate.fingerprint))
  }
  return leaves.flatMap((leaf) => {
    const count = byKey.get(leaf.certificate.keyId)!.size
    if (count < 2) return []
    return [
      findingOn(leaf, {
        rule: 'certificate-shared-key',
        level: 'due',
        message: `${count} different certificates have the same private key`,
        advice: 'Make a new key for each certificate, and at each renewal.',
      }),
    ]
  })
}
