import { at, type Json, textOf } from '../trust/json.ts'
import type { SignedMessage } from '../webhook/signature.ts'
import { PAYLOAD_BYTES } from './request.ts'
import type { RequestRefusal } from './verdict.ts'

/** A signed message as an event carries it. Nothing of it is known to be true. */
export interface RequestMessage extends SignedMessage {
  /** As `webhook-signature` has them. */
  readonly signatures: string
}

/**
 * The names under which it travels: GitHub drops the headers of what it is sent. They are inputs of workflow_dispatch, and members of
 * client_payload for repository_dispatch.
 */
export const CARRIED = ['webhook-id', 'webhook-timestamp', 'webhook-signature', 'payload'] as const

const ID = /^[A-Za-z0-9_-]{8,64}$/
const TIMESTAMP = /^[1-9][0-9]{9,10}$/
const SIGNATURE_CHARACTERS = 2048

/**
 * Takes the message out of an event's payload. The request in it is not looked at.
 *
 * @param event `repository_dispatch` may have nothing else in its client_payload; `workflow_dispatch` may have inputs of its own
 * @returns null where the event carries none: somebody started the workflow by hand, or it is another event
 */
export function messageIn(event: string, payload: Json): RequestMessage | RequestRefusal | null {
  if (event === 'workflow_dispatch') {
    const inputs = at(payload, 'inputs')
    return CARRIED.every((name) => textOf(at(inputs, name)) === null) ? null : readMessage(inputs)
  }
  if (event !== 'repository_dispatch') return null
  const carrier = at(payload, 'client_payload')
  return hasOnlyCarried(carrier) ? readMessage(carrier) : { kind: 'malformed' }
}

/** Reads the four members; others are passed over. */
export function readMessage(carrier: Json): RequestMessage | RequestRefusal {
  const [id, timestamp, signatures, body] = CARRIED.map((name) => textOf(at(carrier, name)))
  if (id == null || timestamp == null || signatures == null || body == null) return { kind: 'malformed' }
  if (signatures.length > SIGNATURE_CHARACTERS || Buffer.byteLength(body) > PAYLOAD_BYTES) return { kind: 'too-large' }
  return ID.test(id) && TIMESTAMP.test(timestamp) ? { id, timestamp, signatures, body } : { kind: 'malformed' }
}

/** The body of a request to GitHub's `POST /repos/OWNER/NAME/dispatches`. */
export function printDispatch(eventType: string, { id, timestamp, signatures, body }: RequestMessage): string {
  const values = [id, timestamp, signatures, body]
  const carrier = Object.fromEntries(CARRIED.map((name, index) => [name, values[index]!]))
  return JSON.stringify({ event_type: eventType, client_payload: carrier }, null, 2)
}

function hasOnlyCarried(carrier: Json): boolean {
  if (typeof carrier !== 'object' || carrier === null) return false
  return Object.keys(carrier).every((name) => CARRIED.some((known) => known === name))
}
