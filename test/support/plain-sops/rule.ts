import { Refusal } from './bytes.ts'

export const PLAIN_RULES = [
  'unencrypted_suffix',
  'encrypted_suffix',
  'unencrypted_regex',
  'encrypted_regex',
  'unencrypted_comment_regex',
  'encrypted_comment_regex',
] as const

export interface PlainRule {
  readonly kind: (typeof PLAIN_RULES)[number]
  readonly pattern: string
}

/**
 * Section 3, one question at a time: is the line after `run` encrypted? `name` is null for a comment, which is then the last of
 * `run`. Expressions are those that mean the same to RE2 and to JavaScript.
 */
export function isEncrypted({ kind, pattern }: PlainRule, run: readonly string[], name: string | null): boolean {
  const found = (text: string) => expression(pattern).test(text)
  switch (kind) {
    case 'unencrypted_suffix':
      return name === null || !name.endsWith(pattern)
    case 'encrypted_suffix':
      return name?.endsWith(pattern) ?? false
    case 'unencrypted_regex':
      return name === null || !found(name)
    case 'encrypted_regex':
      return name !== null && found(name)
    case 'unencrypted_comment_regex':
      return !run.some(found)
    case 'encrypted_comment_regex':
      return (name === null ? run.slice(0, -1) : run).some(found)
  }
}

/** RE2 reads a brace or a bracket that closes nothing as itself; the parts before the last are those in which they mean something. */
const LOOSE = /\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{\d+(?:,\d*)?\}|[{}\]]/gu

function expression(pattern: string): RegExp {
  try {
    return new RegExp(
      pattern.replace(LOOSE, (part) => (part.length === 1 ? `\\${part}` : part)),
      'u',
    )
  } catch {
    throw new Refusal('malformed', 'an expression')
  }
}
