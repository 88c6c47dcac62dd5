import { setTimeout as sleep } from 'node:timers/promises'
import { SealwardError } from '../../core/errors.ts'
import type { PostedMessage, Webhooks } from '../../tasks/world/notify.ts'
import { exchange } from '../http/exchange.ts'

export interface WebhookOptions {
  /** Where HTTPS_PROXY and NO_PROXY are. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Before the second try; 2 s, but for tests. */
  readonly pauseMs?: number
  /** For a whole answer; 10 s, but for tests. */
  readonly timeoutMs?: number
}

/** What a receiver says is not read. */
const ANSWER_BYTES = 64 * 1024

/** Webhooks over https, through the proxy of the environment. */
export function openWebhooks({ env, pauseMs = 2000, timeoutMs = 10_000 }: WebhookOptions): Webhooks {
  return {
    async post(address, message) {
      const send = () => postOnce(address, message, { env, timeoutMs })
      const first = await send().catch((error: unknown) => {
        if (error instanceof SealwardError && error.code === 'io') return null
        throw error
      })
      if (first !== null && !isPassing(first)) return first
      await sleep(pauseMs)
      return send()
    },
  }
}

async function postOnce(
  address: string,
  { headers, body }: PostedMessage,
  { env, timeoutMs }: Required<Pick<WebhookOptions, 'env' | 'timeoutMs'>>,
): Promise<number> {
  const { status } = await exchange(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    maxBytes: ANSWER_BYTES,
    timeoutMs,
    env,
  })
  return status
}

function isPassing(status: number): boolean {
  return status === 429 || status >= 500
}
