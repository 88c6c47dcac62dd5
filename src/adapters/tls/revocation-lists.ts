import { nullIfOurs } from '../../core/errors.ts'
import type { RevocationLists } from '../../tasks/world/endpoint.ts'
import { get } from '../http/get.ts'

const MAX_BYTES = 10 * 1024 * 1024
const TIMEOUT_MS = 15_000

/** Revocation lists by http, or https: they are signed, and authorities publish them without TLS so that TLS does not need them. */
export function openRevocationLists(env: Readonly<Record<string, string | undefined>>): RevocationLists {
  return {
    async fetch(address) {
      try {
        const options = { headers: {}, maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS, env, plain: true }
        const { status, body } = await get(address, options)
        return status === 200 ? body : null
      } catch (error) {
        return nullIfOurs(error)
      }
    },
  }
}
