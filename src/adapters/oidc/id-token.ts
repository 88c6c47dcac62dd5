import type { JobEnvironment } from '../../core/trust/facts.ts'
import { environmentOf } from '../../core/trust/id-token.ts'
import type { JobIdentity } from '../../tasks/world/job.ts'
import type { Answer } from '../http/exchange.ts'
import { get } from '../http/get.ts'

const MAX_BYTES = 64 * 1024
const TIMEOUT_MS = 10_000
const TRIES = 3

export interface IdTokenSource {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Called with the token before anything else is done with it. */
  readonly hide: (token: string) => void
}

/**
 * What the job's own OIDC token says. The runner gives its address to jobs with `id-token: write` alone, and signs what it says; it comes from
 * the runner over TLS, so its signature is not looked at.
 *
 * https://docs.github.com/actions/concepts/security/openid-connect
 */
export function openJobIdentity({ env, hide }: IdTokenSource): JobIdentity {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: address, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } = env
  return {
    async environment(): Promise<JobEnvironment> {
      if (!address || !bearer) return { kind: 'unknown' }
      const token = readToken(await ask(`${address}&audience=sealward`, bearer, env))
      if (token === null) return { kind: 'unknown' }
      hide(token)
      return environmentOf(token)
    },
  }
}

/** A server that is busy is asked again. */
async function ask(address: string, bearer: string, env: IdTokenSource['env']): Promise<Answer> {
  const headers = { authorization: `Bearer ${bearer}`, accept: 'application/json' }
  for (let tries = 1; ; tries += 1) {
    const answer = await get(address, { headers, maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS, env })
    if (answer.status < 500 || tries === TRIES) return answer
    await new Promise((resolve) => setTimeout(resolve, 500 * tries))
  }
}

function readToken({ status, body }: Answer): string | null {
  if (status !== 200) return null
  try {
    const { value } = JSON.parse(body.toString('utf8')) as { readonly value?: unknown }
    return typeof value === 'string' && value !== '' ? value : null
  } catch {
    return null
  }
}
