import type { Verified } from '../../../core/finding.ts'
import type { Secret } from '../../../core/secret.ts'

/** The port of those who gave a secret out, and can be asked whether it still works. Opened only where somebody asked for it. */
export interface Probes {
  /** Whether there is anybody to ask about what this rule of the scanner finds. */
  knows(rule: string): boolean
  /**
   * Sends a secret to its own issuer, once.
   *
   * @returns null when there is nobody to ask, and nothing was sent; what went wrong on the way is `unknown`. Never throws
   */
  ask(question: ProbeQuestion): Promise<ProbeAnswer | null>
}

export interface ProbeQuestion {
  readonly value: Secret
  /** The scanner's rule that found it; null for a value of an encrypted file, which is recognised by its shape and name. */
  readonly rule: string | null
  /** Of the variable; empty where there is none. */
  readonly name: string
  /** Where the other half of a pair may stand: the text round a finding, or the other values of the file. */
  readonly beside: readonly Secret[]
}

/** What an issuer says, and no more than that: nothing of who owns a secret, or what it opens, is kept. */
export interface ProbeAnswer {
  readonly state: Verified
  /** Null: never. Absent where the issuer does not say. */
  readonly expires?: Date | null
  /** When it was made; absent where the issuer does not say. */
  readonly issued?: Date
}
