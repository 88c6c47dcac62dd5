import { SealwardError } from '../errors.ts'
import { readWebhookKey, type WebhookKey } from '../webhook/key.ts'
import { signMessage } from '../webhook/signature.ts'

/** A message as it is sent, and sent again: the receiver tells by its id that it is the same. */
export interface WebhookMessage {
  readonly id: string
  readonly at: Date
  /** Signed as it is, byte for byte. */
  readonly body: string
}

/**
 * The headers of a message, as Standard Webhooks 1.0.0 has them: `webhook-id`, `webhook-timestamp` in Unix seconds, and with a key
 * `webhook-signature`, which is HMAC-SHA256 over id, timestamp and body with dots between.
 *
 * @param key `whsec_` and base64 of 24 to 64 bytes; null for no signature
 * @throws SealwardError usage for another key, which is not quoted
 */
export function webhookHeaders({ id, at, body }: WebhookMessage, key: string | null): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp }
  if (key === null) return headers
  return { ...headers, 'webhook-signature': signMessage({ id, timestamp, body }, readKey(key)) }
}

function readKey(text: string): WebhookKey {
  const key = readWebhookKey(text)
  if (key?.kind === 'hmac') return key
  throw new SealwardError('usage', 'the key of a webhook is whsec_ and the base64 of 24 to 64 bytes', {
    hint: 'echo "whsec_$(openssl rand -base64 32)" makes one',
  })
}
