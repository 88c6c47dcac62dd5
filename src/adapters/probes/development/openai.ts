import { at, textOf } from '../../../core/trust/json.ts'
import type { ProbeAnswer } from '../../../tasks/world/scan/probe.ts'
import { bearer, DEAD, type Door, forTokens, LIVE, type Probe, UNKNOWN } from '../probe.ts'

/** https://platform.openai.com/docs/api-reference/models/list */
export const openai: Probe = { name: 'openai', bases: ['https://api.openai.com'], ...forTokens(['openai-key'], ask) }

/** 401 is said to a wrong key, to one of another region, and to a right one that may not list models: only the words tell them apart. */
async function ask(token: string, { send }: Door): Promise<ProbeAnswer> {
  const { status, json } = await send({ path: '/v1/models', headers: bearer(token) })
  if (status === 200) return Array.isArray(at(json, 'data')) ? LIVE : UNKNOWN
  if (status !== 401 && status !== 403) return UNKNOWN
  if (at(json, 'error', 'code') === 'invalid_api_key') return DEAD
  return textOf(at(json, 'error', 'message'))?.includes('Missing scopes:') ? LIVE : UNKNOWN
}
