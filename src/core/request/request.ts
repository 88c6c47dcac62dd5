import * as v from 'valibot'
import { canonicalJson, type Json } from '../ledger/canonical.ts'

/**
 * What somebody outside asks for: a credential to be rotated. It is bound to one state of one file in one repository for a short time, so
 * that whoever takes it from the wire can do nothing with it but what was asked for. docs/requests.md section 2.
 */
export interface RotationRequest {
  /** The same as `webhook-id`: a request is carried out once. */
  readonly id: string
  /** The number of the repository, which nobody else can ever have. */
  readonly repository: string
  /** `refs/heads/main` */
  readonly ref: string
  /** As sealward.yml calls it under rotation.credentials. */
  readonly credential: string
  /** The encrypted file that has it. */
  readonly path: string
  /** SHA-256 of that file, which needs no key: once the credential was rotated it is another. */
  readonly version: string
  readonly notAfter: Date
  /** Who asks, in the sender's words. */
  readonly requester: string
  readonly reason?: string
  /** The old one ends as soon as the new one works. */
  readonly emergency: boolean
  /** Where the sender was asked from, as it vouches for it. */
  readonly address?: string
}

/** What GitHub takes for a payload is larger. */
export const PAYLOAD_BYTES = 8 * 1024
export const REQUEST_TYPE = 'sealward.rotate'

const NO_CONTROL = /^[^\p{Cc}]+$/u
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const text = (most: number) => v.pipe(v.string(), v.regex(NO_CONTROL), v.maxLength(most))
const isTime = (written: string) => {
  const time = new Date(written)
  return !Number.isNaN(time.getTime()) && time.toISOString() === written
}

const RequestText = v.strictObject({
  v: v.literal(1),
  type: v.literal(REQUEST_TYPE),
  id: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{8,64}$/)),
  repository: v.pipe(v.string(), v.regex(/^[1-9][0-9]{0,15}$/)),
  ref: v.pipe(v.string(), v.regex(/^refs\/heads\/[^\0-\x20\x7f]{1,1000}$/)),
  credential: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/)),
  path: text(1024),
  version: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  notAfter: v.pipe(
    v.string(),
    v.regex(TIME),
    v.check(isTime),
    v.transform((written) => new Date(written)),
  ),
  requester: text(100),
  reason: v.optional(text(500)),
  emergency: v.optional(v.literal(true)),
  address: v.optional(text(45)),
})

/** @returns the one spelling of a request: RFC 8785, so that two that say the same are the same bytes */
export function printRequest({ notAfter, reason, emergency, address, ...request }: RotationRequest): string {
  return canonicalJson({
    ...{ v: 1, type: REQUEST_TYPE, ...request, notAfter: notAfter.toISOString() },
    ...(reason !== undefined && { reason }),
    ...(emergency && { emergency }),
    ...(address !== undefined && { address }),
  })
}

/**
 * Reads what was signed. Only the canonical spelling is a request: no member twice, none that is not known, nothing behind it.
 *
 * @returns null for what is none
 */
export function readRequest(payload: string): RotationRequest | null {
  const read = v.safeParse(RequestText, parse(payload))
  if (!read.success) return null
  const { v: _, type, reason, emergency, address, ...request } = read.output
  const found = {
    ...request,
    ...(reason !== undefined && { reason }),
    ...(address !== undefined && { address }),
    emergency: emergency ?? false,
  }
  return printRequest(found) === payload ? found : null
}

/** `JSON.parse` quotes the text in its message. */
function parse(payload: string): Json {
  try {
    return payload.isWellFormed() ? (JSON.parse(payload) as Json) : null
  } catch {
    return null
  }
}
