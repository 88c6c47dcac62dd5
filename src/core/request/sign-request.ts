import { randomBytes } from 'node:crypto'
import type { WebhookKey } from '../webhook/key.ts'
import { signMessage } from '../webhook/signature.ts'
import type { RequestMessage } from './message.ts'
import { printRequest, type RotationRequest } from './request.ts'

export interface Signing {
  /** Each makes a signature: both, while one takes the place of the other. */
  readonly keys: readonly WebhookKey[]
  readonly scheme: 'v1' | 'hmac-sha512'
  readonly now: Date
}

/** A new id, which no other request has. */
export function newRequestId(): string {
  return `msg_${randomBytes(16).toString('hex')}`
}

/** @throws SealwardError usage for a key that cannot sign */
export function signRequest(request: RotationRequest, { keys, scheme, now }: Signing): RequestMessage {
  const message = {
    id: request.id,
    timestamp: String(Math.floor(now.getTime() / 1000)),
    body: printRequest(request),
  }
  const signatures = keys.map((key) => signMessage(message, key, key.kind === 'hmac' ? scheme : 'v1')).join(' ')
  return { ...message, signatures }
}
