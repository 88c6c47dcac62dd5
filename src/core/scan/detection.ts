import type { Confidence, Severity } from './tokens/token-rule.ts'

/** A place in a text where a rule sees a secret. Data: the secret itself is never copied out of the text. */
export interface Detection {
  /** The id of the rule. */
  readonly rule: string
  /** Where the secret begins and ends (exclusive) in the text that was searched, in bytes. */
  readonly start: number
  readonly end: number
  readonly severity: Severity
  readonly confidence: Confidence
  /** How many characters at the start are public (`ghp_`), and may be shown. */
  readonly shown: number
  /** Why, in words that hold nothing of the secret: for `--explain`. */
  readonly reasons: readonly string[]
}
