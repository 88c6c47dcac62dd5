import * as v from 'valibot'
import { described } from '../schema-parts.ts'
import { receiver } from './requests/receiver.ts'

/** The section `ledger`, with defaults filled in. */
export interface LedgerPolicy {
  /** Null where the file decides: a repository that has a ledger goes on with it. */
  readonly on: boolean | null
  /** How entries call variables. */
  readonly names: (typeof NAMES)[number]
  /** Whether commands that only read are written down too. */
  readonly reads: boolean
  /** Where the Action sends what it decrypts, by names of variables; null for nowhere. */
  readonly webhook: { readonly url: string; readonly key: string | null } | null
}

const NAMES = ['full', 'hashed', 'none'] as const
const QUIET = { names: 'full', reads: false, webhook: null } as const

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
      reads: v.optional(
        described(
          v.boolean(),
          'Whether get, decrypt, run, edit and list are written down too, on the machine that runs them.',
        ),
        false,
      ),
      webhook: v.optional(
        described(
          receiver,
          'Where the Action sends what it decrypts, with `ledger: webhook`. Signed as Standard Webhooks says.',
        ),
      ),
    }),
  ],
  'must be true, false, or a map with names, reads and webhook',
)

export function readLedgerSection(text: v.InferOutput<typeof LedgerSection> | undefined): LedgerPolicy {
  if (text === undefined || typeof text === 'boolean') return { on: text ?? null, ...QUIET }
  const { names, reads, webhook } = text
  return {
    on: true,
    names,
    reads,
    webhook: webhook === undefined ? null : { url: webhook.url, key: webhook.key ?? null },
  }
}
