import type { TokenRule } from './token-rule.ts'

/** What the search needs of a token rule. All the rest is loaded when it has found something. */
export interface TokenMark {
  readonly literals: readonly string[]
  readonly lead?: number
  readonly near?: readonly string[]
  /** The source of the rule's expression. */
  readonly shape: string
}

export function markOf({ literals, lead, near, shape }: TokenRule): TokenMark {
  return {
    literals,
    ...(lead === undefined ? {} : { lead }),
    ...(near === undefined ? {} : { near }),
    shape: shape.source,
  }
}
