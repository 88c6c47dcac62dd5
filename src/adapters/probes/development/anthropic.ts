import { at } from '../../../core/trust/json.ts'
import type { ProbeAnswer } from '../../../tasks/world/scan/probe.ts'
import { DEAD, type Door, forTokens, LIVE, type Probe, UNKNOWN } from '../probe.ts'

/** https://docs.anthropic.com/en/api/models-list */
export const anthropic: Probe = {
  name: 'anthropic',
  bases: ['https://api.anthropic.com'],
  ...forTokens(['anthropic-api-key'], ask),
}

async function ask(key: string, { send }: Door): Promise<ProbeAnswer> {
  const headers = { 'x-api-key': key, 'anthropic-version': '2023-06-01', accept: 'application/json' }
  const { status, json } = await send({ path: '/v1/models', headers })
  if (status === 200) return Array.isArray(at(json, 'data')) ? LIVE : UNKNOWN
  return status === 401 && at(json, 'error', 'type') === 'authentication_error' ? DEAD : UNKNOWN
}
