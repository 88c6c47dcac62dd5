import { fromSeconds, fromText } from '../../../core/expiry/dates.ts'
import { at, textOf } from '../../../core/trust/json.ts'
import type { ProbeAnswer } from '../../../tasks/world/scan/probe.ts'
import { DEAD, type Door, forTokens, type Probe, UNKNOWN } from '../probe.ts'

/** Vault and OpenBao: https://developer.hashicorp.com/vault/api-docs/auth/token#lookup-a-token-self. Everybody runs their own. */
export const vault: Probe = {
  name: 'vault',
  bases: [],
  ...forTokens(['vault-service-token', 'vault-batch-token', 'vault-old-token'], ask),
}

async function ask(token: string, { send }: Door): Promise<ProbeAnswer> {
  const headers = { 'x-vault-token': token, accept: 'application/json' }
  const { status, json } = await send({ path: '/v1/auth/token/lookup-self', headers })
  // A right token whose policy does not let it look at itself is refused too, without these words.
  if (status === 403) return errorsOf(json).some((error) => /\b(?:invalid|bad) token\b/.test(error)) ? DEAD : UNKNOWN
  if (status !== 200 || typeof at(json, 'data') !== 'object') return UNKNOWN
  const [end, expires] = [at(json, 'data', 'expire_time'), fromText(at(json, 'data', 'expire_time'))]
  const issued = fromText(at(json, 'data', 'issue_time')) ?? fromSeconds(at(json, 'data', 'creation_time'))
  return {
    state: 'live',
    ...(end === null || expires !== null ? { expires } : {}),
    ...(issued === null ? {} : { issued }),
  }
}

function errorsOf(json: unknown): string[] {
  const errors = at(json, 'errors')
  return Array.isArray(errors) ? errors.map((error) => textOf(error) ?? '') : []
}
