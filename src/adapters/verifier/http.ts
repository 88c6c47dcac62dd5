import { SealwardError } from '../../core/errors.ts'
import type { OutsideCheck, Verdict } from '../../tasks/world/verifier.ts'
import { exchange } from '../http/exchange.ts'

type HttpCheck = Extract<OutsideCheck, { readonly kind: 'http' }>

const TIMEOUT_MS = 30_000
const MOST_BYTES = 1024 * 1024

/** One GET, without any credential; a redirect is an answer like any other. What the service says beside its status is not looked at. */
export async function verifyByHttp(
  { url, status }: HttpCheck,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Verdict> {
  try {
    const options = { method: 'GET', headers: {}, maxBytes: MOST_BYTES, timeoutMs: TIMEOUT_MS, env } as const
    const answer = await exchange(url, options)
    if (answer.status === status) return { kind: 'passed' }
    return { kind: 'failed', why: `status ${answer.status}, and not ${status}` }
  } catch (error) {
    if (error instanceof SealwardError) return { kind: 'unknown', why: error.message }
    throw error
  }
}
