import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { type Authentication, authenticate } from '../../../src/core/request/authenticate.ts'
import { type Circumstances, judgeRequest } from '../../../src/core/request/judge.ts'
import type { RequestMessage } from '../../../src/core/request/message.ts'
import { printRequest, type RotationRequest } from '../../../src/core/request/request.ts'
import type { RequestVerdict } from '../../../src/core/request/verdict.ts'
import { readWebhookKey, type WebhookKey } from '../../../src/core/webhook/key.ts'
import { signMessage } from '../../../src/core/webhook/signature.ts'

/** The scene of the requests' tests: a repository, a moment, keys that are made for the run. */
export const NOW = new Date('2026-11-21T12:00:00.000Z')
export const SECONDS = Math.floor(NOW.getTime() / 1000)

export function newKeyText(bytes = 32): string {
  return `whsec_${randomBytes(bytes).toString('base64')}`
}

export function newPair(): { readonly privateText: string; readonly publicText: string } {
  const { d, x } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })
  const [seed, half] = [Buffer.from(d!, 'base64url'), Buffer.from(x!, 'base64url')]
  return {
    privateText: `whsk_${Buffer.concat([seed, half]).toString('base64')}`,
    publicText: `whpk_${half.toString('base64')}`,
  }
}

export const keyOf = (text: string): WebhookKey => readWebhookKey(text)!
export const KEY = keyOf(newKeyText())

export const REQUEST: RotationRequest = {
  id: 'msg_0123456789',
  repository: '123456',
  ref: 'refs/heads/main',
  credential: 'orders-db',
  path: 'production/.env.encrypted',
  version: 'ab'.repeat(32),
  notAfter: new Date(NOW.getTime() + 3_600_000),
  requester: 'incident-bot',
  emergency: false,
}

export const HERE: Circumstances = {
  repository: REQUEST.repository,
  ref: REQUEST.ref,
  path: REQUEST.path,
  version: REQUEST.version,
}

export interface Sending {
  readonly body?: string
  readonly id?: string
  readonly timestamp?: string
  readonly key?: WebhookKey
}

/** A message that is signed as it is, whatever is in it. */
export function signed(request: Partial<RotationRequest>, sending: Sending = {}): RequestMessage {
  const whole = { ...REQUEST, ...request }
  const { body = printRequest(whole), id = whole.id, timestamp = String(SECONDS), key = KEY } = sending
  return { id, timestamp, body, signatures: signMessage({ id, timestamp, body }, key) }
}

/** What the task does with a message, but for what is remembered. */
export function judge(
  message: RequestMessage,
  { here = HERE, ...given }: Partial<Authentication> & { readonly here?: Circumstances } = {},
): RequestVerdict['kind'] {
  const verdict = authenticate(message, { keys: [KEY], sha1: false, now: NOW, ...given })
  return verdict.kind === 'ok' ? judgeRequest(verdict.request, here).kind : verdict.kind
}
