import type { VerifyRule } from '../../core/policy/sections/rotation.ts'

/** The port of checks outside of the system that has the credential: whether those who use it are well. */

/** A check that asks no database. */
export type OutsideCheck = Exclude<VerifyRule, { readonly kind: 'sql' }>

/** `failed`: there was an answer, and it is not the one that was asked for. `unknown`: there was none. `why` is safe to show. */
export type Verdict = { readonly kind: 'passed' } | { readonly kind: 'failed' | 'unknown'; readonly why: string }

export interface Verifier {
  /** Asks once. Neither the old credential nor the new one is told. It never throws. */
  verify(check: OutsideCheck): Promise<Verdict>
}
