import * as v from 'valibot'
import { parseBlock } from '../../../request/address.ts'
import type { AllowedSenders } from '../../../request/sender.ts'
import type { RequestLimits } from '../../../request/state.ts'
import { described, glob, listOf, matching } from '../../schema-parts.ts'
import { variable } from './receiver.ts'

/** The section `requests`, with defaults filled in. */
export interface RequestsPolicy {
  readonly keys: RequestKeys
  /** Whether HMAC-SHA1 counts. */
  readonly sha1: boolean
  readonly allow: AllowedSenders
  readonly limits: RequestLimits
}

/** Where the keys of senders are: in a variable of the environment, or of an encrypted file; several with blanks between them. */
export type RequestKeys =
  | { readonly kind: 'environment'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string; readonly name: string }

const HOUR = 60 * 60 * 1000
const STANDARD_KEYS = 'SEALWARD_REQUEST_KEYS'

const perHour = v.pipe(
  v.number(),
  v.safeInteger('must be a whole number'),
  v.minValue(1, 'must be 1 or more'),
  v.maxValue(1000, 'must be 1000 or less'),
)
const account = matching(
  /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}(?:\[bot\])?$/,
  'must be a login, or the number of an account in quotes',
)
const app = matching(/^[a-z0-9][a-z0-9-]{0,99}$/, 'must be the name of an app as its address has it')
const block = v.pipe(
  v.string(),
  v.check((text) => parseBlock(text) !== null, 'must be an address, or a block of them such as 192.0.2.0/24'),
)

export const RequestsSection = v.strictObject({
  keys: v.optional(
    described(
      v.union(
        [
          variable,
          v.strictObject({
            path: described(glob, 'The encrypted file, relative to sealward.yml.'),
            variable: described(variable, 'Its variable that has them.'),
          }),
        ],
        'must be the name of a variable of the environment, or a map with path and variable',
      ),
      'Where the keys of senders are (whsec_..., whpk_...), with blanks between them. SEALWARD_REQUEST_KEYS of the environment without it.',
    ),
    STANDARD_KEYS,
  ),
  sha1: v.optional(described(v.boolean(), 'Whether HMAC-SHA1 counts too, for an old sender.'), false),
  allow: v.optional(
    described(
      v.strictObject({
        actors: listOf(account, 'Accounts whose events carry requests: logins, or numbers.'),
        apps: listOf(app, 'GitHub Apps whose events do, by the names in their addresses.'),
        addresses: listOf(block, 'Where the sender itself has to have been asked from, as it says in the request.'),
      }),
      'Who may send requests. Each list that is there must have the sender.',
    ),
    {},
  ),
  limits: v.optional(
    described(
      v.strictObject({
        'per-source': v.optional(described(perHour, 'How many requests of one account count in an hour.'), 20),
        'per-secret': v.optional(described(perHour, 'How many requests for one credential count in an hour.'), 3),
      }),
      'How many requests count.',
    ),
    {},
  ),
})

/** @param text undefined where the section is not there: then no request is let in, and this is null */
export function readRequests(text: v.InferOutput<typeof RequestsSection> | undefined): RequestsPolicy | null {
  if (text === undefined) return null
  const { keys, sha1, allow, limits } = text
  return {
    keys:
      typeof keys === 'string'
        ? { kind: 'environment', name: keys }
        : { kind: 'file', path: keys.path, name: keys.variable },
    sha1,
    allow: {
      actors: allow.actors ?? null,
      apps: allow.apps ?? null,
      addresses: allow.addresses?.map((text) => parseBlock(text)!) ?? null,
    },
    limits: {
      perSource: { count: limits['per-source'], perMs: HOUR },
      perSecret: { count: limits['per-secret'], perMs: HOUR },
    },
  }
}
