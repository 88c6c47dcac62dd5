import type { Finding } from '../finding.ts'

/** A scan's whole answer, as data. */
export interface ScanOutcome {
  /** What has to be looked at, in the order of files and lines. */
  readonly findings: readonly Finding[]
  /** What somebody allowed, each with the reason they gave. */
  readonly allowed: readonly Allowed[]
  /** Allowances that allowed nothing, or have expired, or give no reason: to be taken out or mended. In words, without a secret. */
  readonly stale: readonly StaleAllowance[]
  readonly looked: Looked
  /** What was not looked at whole, each with why. */
  readonly cut: readonly { readonly file: string; readonly why: string }[]
}

export interface Allowed {
  readonly finding: Finding
  readonly reason: string
  readonly by?: AllowedBy
}

/** Where the allowance stands: beside the finding, in sealward.yml, or in the baseline. */
export type AllowedBy = 'comment' | 'policy' | 'baseline'

export interface StaleAllowance {
  /** The file that holds the allowance, and its line where there is one. */
  readonly file: string
  readonly line?: number
  readonly why: string
}

/** How much was looked at. An empty selection is no pass: `what` says what was selected. */
export interface Looked {
  /** `staged files`, `files`, `versions of files`: what is counted. */
  readonly what: string
  readonly count: number
  readonly bytes: number
  readonly milliseconds: number
}
