/** How much damage the secret does in the wrong hands. */
export type Severity = 'critical' | 'high' | 'medium' | 'low'

/** How sure the rule is that this is a secret at all. */
export type Confidence = 'high' | 'medium' | 'low'

/** What a token says about itself offline. `fails` lowers the confidence and never silences: older generations had no checksum. */
export type Proof = 'holds' | 'fails' | 'none'

/** One kind of credential that is known by its shape: a row of a vendor's table. */
export interface TokenRule {
  /** Vendor first: `github-pat`. Stable across releases. */
  readonly id: string
  /** With its article: `a GitHub personal access token`. */
  readonly what: string
  /**
   * Every match holds one of these, in this very case, at most `lead` characters behind its start; or, for a rule with `near`,
   * nothing needs to. Three characters or more each: they are what the prefilter looks for.
   */
  readonly literals: readonly string[]
  /** How far the literal can stand behind the start of the token. Default 0: the token begins with it. */
  readonly lead?: number
  /** The token, whole. Without flags; the engine sees to where it is tried. At most 1,024 characters are matched. */
  readonly shape: RegExp
  /**
   * For tokens without a mark of their own: words in lower case, of which one must stand before the token, on its line or the one
   * above, at most 80 characters away. The prefilter looks for them when `literals` is empty.
   */
  readonly near?: readonly string[]
  /** Whether the token's own checksum or structure holds. Never throws. */
  readonly proof?: (token: string) => Proof
  readonly severity: Severity
  readonly confidence: Confidence
  /** Where it is revoked, in one sentence. */
  readonly advice: string
  /** Templates of texts with exactly one such token: `{b62:36}` stands for 36 random characters. test/core/scan/templates.ts. */
  readonly hits: readonly string[]
  /** Templates of texts in which this rule finds nothing. */
  readonly misses: readonly string[]
}
