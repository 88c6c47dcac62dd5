import { SealwardError } from '../errors.ts'
import type { RotationRequest } from './request.ts'

/** What becomes of a request. Everything but `ok` changes nothing. */
export type RequestVerdict = { readonly kind: 'ok'; readonly request: RotationRequest } | RequestRefusal

export interface RequestRefusal {
  readonly kind: keyof typeof REFUSALS
}

/** Why a request is refused, and what the sender can do. Nothing of the request is repeated. */
export const REFUSALS = {
  malformed: ['it is not a request as this version writes one', '`sealward request sign` makes them'],
  'too-large': ['it is larger than a request can be', '`sealward request sign` makes them'],
  'weak-algorithm': [
    'its only signatures are HMAC-SHA1',
    'sign with HMAC-SHA256; `requests: { sha1: true }` lets an old sender through for a while',
  ],
  'unknown-key': ['no key of the kind of its signature is at hand', 'see which keys `requests.keys` names'],
  'bad-signature': ['its signature is by none of the keys at hand', 'see that the sender has a key of today'],
  stale: [
    'it was signed more than 5 minutes ago',
    'sign another one, and see that clocks are right and runs do not queue',
  ],
  future: ['it was signed more than 5 minutes from now', 'see that clocks are right'],
  expired: ['its time is over', 'sign another one'],
  'too-long-lived': ['it would count for more than a day', 'sign one that ends sooner'],
  'wrong-repository': ['it is for another repository', 'sign one for this repository, by its number'],
  'wrong-ref': ['it is for another branch', 'sign one for the branch that the workflow runs on'],
  'wrong-secret': [
    'sealward.yml has no such credential in such a file',
    'name credential and file as sealward.yml does',
  ],
  'wrong-version': [
    'the file is not the one that it was signed for',
    'somebody was quicker, or another value of the file changed: look, and sign another one',
  ],
  replayed: ['a request of this id was accepted before', 'nothing: what it asked for was begun then'],
  'rate-limited': ['there were more requests than sealward.yml allows', 'wait, or see `requests.limits`'],
  'backed-off': ['its sender had bad signatures lately', 'wait, and mend the key of the sender'],
  'actor-not-allowed': ['sealward.yml does not let this account send requests', 'see `requests.allow.actors`'],
  'app-not-allowed': ['sealward.yml does not let this app send requests', 'see `requests.allow.apps`'],
  'address-not-allowed': ['sealward.yml lets no request from that address in', 'see `requests.allow.addresses`'],
} as const satisfies Readonly<Record<string, readonly [why: string, hint: string]>>

/** Refusals that show nothing but that somebody sent something: the sender is not known to have a key. */
export const UNSIGNED: readonly RequestVerdict['kind'][] = [
  'malformed',
  'too-large',
  'weak-algorithm',
  'unknown-key',
  'bad-signature',
]

/** A refusal as the error that ends a run. */
export function refusalOf({ kind }: RequestRefusal): SealwardError {
  const [why, hint] = REFUSALS[kind]
  return new SealwardError('untrusted', `the request for a rotation is refused (${kind}): ${why}`, { hint })
}
