import { SealwardError } from '../errors.ts'
import { amount } from '../report/amount.ts'
import type { RunFacts } from './facts.ts'
import { judgeCheckout, judgeFile } from './judge-file.ts'
import { judgeRun } from './judge-run.ts'
import type { Comparison, TrustVerdict } from './verdict.ts'

/** The input allow-untrusted: `fork` lets foreign runs through, `ref` files that are not the commit's. */
export type AllowUntrusted = (typeof ALLOW_UNTRUSTED)[number]

export const ALLOW_UNTRUSTED = ['none', 'fork', 'ref', 'all'] as const

type Refusal = Exclude<TrustVerdict, { kind: 'trusted' }>

/** All verdicts on a run and the files that it wants to open. */
export function judgeTrust(facts: RunFacts, comparisons: readonly Comparison[]): TrustVerdict[] {
  return [
    judgeRun(facts),
    ...comparisons.flatMap((comparison) => [judgeCheckout(facts, comparison), judgeFile(facts, comparison)]),
  ]
}

/**
 * What stops a run.
 *
 * @returns null when every verdict is good or allowed; else a SealwardError `untrusted`, to be thrown before anything is decrypted
 */
export function decideTrust(verdicts: readonly TrustVerdict[], allowed: AllowUntrusted): SealwardError | null {
  const refused = verdicts.filter(isRefusal).filter((verdict) => !isAllowed(verdict, allowed))
  const first = refused[0]
  if (first === undefined) return null
  const others = distinct(refused.map(sentence)).length - 1
  const more = others === 0 ? '' : ` (and ${amount(others, 'more reason')})`
  return new SealwardError('untrusted', `${first.reason}${more}`, {
    hint: first.advice,
    ...(first.kind === 'ref' ? { file: first.file } : {}),
  })
}

/** What allow-untrusted let through, for a warning in the log: the opt-in must not be forgotten. */
export function allowedThrough(verdicts: readonly TrustVerdict[], allowed: AllowUntrusted): string[] {
  const passed = verdicts.filter(isRefusal).filter((verdict) => isAllowed(verdict, allowed))
  return distinct(passed.map(sentence)).map((reason) => `allow-untrusted: ${allowed} lets through: ${reason}`)
}

function isAllowed({ kind }: Refusal, allowed: AllowUntrusted): boolean {
  return allowed === 'all' || allowed === (kind === 'foreign' ? 'fork' : 'ref')
}

function isRefusal(verdict: TrustVerdict): verdict is Refusal {
  return verdict.kind !== 'trusted'
}

function sentence(verdict: Refusal): string {
  return verdict.kind === 'ref' ? `${verdict.file} ${verdict.reason}` : verdict.reason
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)]
}
