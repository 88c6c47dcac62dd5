import type { Rule } from '../../envelope/values/rule.ts'

/**
 * The variables of a record, in the order they stand in the file. None is called PATH: a name that takes over a process in which somebody
 * exports it is refused in every encrypted file.
 */
export const PLAIN_FIELDS = [
  'VERSION',
  'ID',
  'NAME',
  'FILE',
  'DRIVER',
  'STRATEGY',
  'PHASE',
  'STARTED',
  'UPDATED',
  'GRACE_UNTIL',
  'EMERGENCY',
  'FAILURES',
  'LAST_FAILURE',
] as const
export type PlainField = (typeof PLAIN_FIELDS)[number]

/** What is a secret, or stands in the file of the credential as one: whoever may not read that may not read this. Absent where there is none. */
export const SEALED_FIELDS = ['TARGET', 'ORIGIN', 'PENDING_USER', 'PENDING', 'PREVIOUS_USER', 'PREVIOUS'] as const
export type SealedField = (typeof SEALED_FIELDS)[number]

export const RECORD_VERSION = '1'
/** The MAC covers plain lines too. */
export const RECORD_RULE: Rule = { kind: 'encrypted_regex', pattern: `^(${SEALED_FIELDS.join('|')})$` }
