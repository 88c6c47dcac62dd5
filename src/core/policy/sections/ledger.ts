import * as v from 'valibot'
import { described } from '../schema-parts.ts'

/** The section `ledger`, with defaults filled in. */
export interface LedgerPolicy {
  /** Null where the file decides: a repository that has a ledger goes on with it. */
  readonly on: boolean | null
  /** How entries call variables. */
  readonly names: (typeof NAMES)[number]
}

const NAMES = ['full', 'hashed', 'none'] as const

export const LedgerSection = v.union(
  [
    v.boolean(),
    v.strictObject({
      names: v.optional(
        described(
          v.picklist(NAMES, `must be one of ${NAMES.join(', ')}`),
          'How entries call variables. Encrypted files show their names to all who can read them.',
        ),
        'full',
      ),
    }),
  ],
  'must be true, false, or a map with names',
)

export function readLedgerSection(text: v.InferOutput<typeof LedgerSection> | undefined): LedgerPolicy {
  if (text === undefined || typeof text === 'boolean') return { on: text ?? null, names: 'full' }
  return { on: true, names: text.names }
}
