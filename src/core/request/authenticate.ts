import type { WebhookKey } from '../webhook/key.ts'
import { isFor, isSignedBy, readSignatures } from '../webhook/signature.ts'
import type { RequestMessage } from './message.ts'
import { readRequest } from './request.ts'
import type { RequestVerdict } from './verdict.ts'

export interface Authentication {
  /** Several while one takes the place of another. */
  readonly keys: readonly WebhookKey[]
  /** Whether HMAC-SHA1 counts: for old senders only. */
  readonly sha1: boolean
  readonly now: Date
}

/** Standard Webhooks leaves the number to the receiver; its own libraries have this one. */
export const TOLERANCE_MS = 5 * 60 * 1000
/** How long a request may count: its id is kept for so long. */
export const LONGEST_MS = 24 * 60 * 60 * 1000

/**
 * Judges who signed a message and when, and only then reads what is in it: whoever has no key reaches no parser.
 *
 * @returns the request, with nothing known yet of whether it fits this repository
 */
export function authenticate(message: RequestMessage, { keys, sha1, now }: Authentication): RequestVerdict {
  const all = readSignatures(message.signatures)
  if (all === null) return { kind: 'malformed' }
  const strong = all.filter(({ scheme }) => sha1 || scheme !== 'hmac-sha1')
  if (strong.length === 0) return { kind: all.length > 0 ? 'weak-algorithm' : 'unknown-key' }
  const pairs = strong.flatMap((signature) =>
    keys.filter((key) => isFor(signature.scheme, key)).map((key) => ({ signature, key })),
  )
  if (pairs.length === 0) return { kind: 'unknown-key' }
  if (!pairs.some(({ signature, key }) => isSignedBy(message, signature, key))) return { kind: 'bad-signature' }
  const age = now.getTime() - Number(message.timestamp) * 1000
  if (age > TOLERANCE_MS) return { kind: 'stale' }
  if (age < -TOLERANCE_MS) return { kind: 'future' }
  const request = readRequest(message.body)
  if (request === null || request.id !== message.id) return { kind: 'malformed' }
  if (request.notAfter <= now) return { kind: 'expired' }
  if (request.notAfter.getTime() - now.getTime() > LONGEST_MS) return { kind: 'too-long-lived' }
  return { kind: 'ok', request }
}
