import { type ErrorCode, SealwardError } from '../../errors.ts'
import { compileRe2 } from '../../regex/re2.ts'

export const RULE_KINDS = [
  'unencrypted_suffix',
  'encrypted_suffix',
  'unencrypted_regex',
  'encrypted_regex',
  'unencrypted_comment_regex',
  'encrypted_comment_regex',
] as const

export type RuleKind = (typeof RULE_KINDS)[number]

/** Which values of a file are encrypted. docs/format.md section 3. */
export interface Rule {
  readonly kind: RuleKind
  readonly pattern: string
}

export const DEFAULT_RULE: Rule = { kind: 'unencrypted_suffix', pattern: '_unencrypted' }

/**
 * A rule applied to one file from top to bottom. It is told every comment and variable in order, because two of the six
 * rules look at the comments above a variable.
 */
export interface Selector {
  /** Whether this comment is encrypted; `text` as it stands in the file at hand. */
  comment(text: string): boolean
  /** Whether this variable is encrypted; ends the run of comments. */
  variable(name: string): boolean
}

/**
 * Refuses a rule that would be read back as another one: an empty pattern counts as no rule at all, and the metadata hold neither
 * a CR nor the two characters backslash and `n`.
 *
 * @throws SealwardError policy-invalid
 */
export function checkNewRule({ kind, pattern }: Rule): void {
  if (pattern === '') throw new SealwardError('policy-invalid', `${kind} is empty`)
  if (pattern.includes('\\n') || pattern.includes('\r') || !pattern.isWellFormed())
    throw new SealwardError('policy-invalid', `${kind} has a line break in it, which matches no name and no comment`)
}

/**
 * @param code malformed for the rule of a file, policy-invalid for one that was asked for
 * @returns a maker of selectors, one for each pass over a file
 * @throws SealwardError with that code when the expression does not compile
 */
export async function compileRule(rule: Rule, code: ErrorCode = 'malformed'): Promise<() => Selector> {
  const { kind, pattern } = rule
  if (kind === 'unencrypted_suffix') return byName((name) => !name.endsWith(pattern), true)
  if (kind === 'encrypted_suffix') return byName((name) => name.endsWith(pattern), false)
  const found = await compile(rule, code)
  if (kind === 'unencrypted_regex') return byName((name) => !found(name), true)
  if (kind === 'encrypted_regex') return byName(found, false)
  return kind === 'unencrypted_comment_regex' ? () => plainAfterMatch(found) : () => encryptedAfterMatch(found)
}

async function compile(rule: Rule, code: ErrorCode): Promise<(text: string) => boolean> {
  try {
    return await compileRe2(rule.pattern)
  } catch {
    throw new SealwardError(code, `the expression of ${rule.kind} does not compile as RE2`)
  }
}

function byName(encrypted: (name: string) => boolean, comments: boolean): () => Selector {
  return () => ({ comment: () => comments, variable: encrypted })
}

/** `unencrypted_comment_regex`: a match leaves itself, the rest of its run and the variable below it plain. */
function plainAfterMatch(found: (text: string) => boolean): Selector {
  let matched = false
  return {
    comment(text) {
      matched ||= found(text)
      return !matched
    },
    variable() {
      const encrypted = !matched
      matched = false
      return encrypted
    },
  }
}

/** `encrypted_comment_regex`: a match stays plain itself and encrypts the rest of its run and the variable below it. */
function encryptedAfterMatch(found: (text: string) => boolean): Selector {
  let matched = false
  return {
    comment(text) {
      const encrypted = matched
      matched ||= found(text)
      return encrypted
    },
    variable() {
      const encrypted = matched
      matched = false
      return encrypted
    },
  }
}
