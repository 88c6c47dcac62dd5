import { at } from '../../../core/trust/json.ts'
import type { ProbeAnswer } from '../../../tasks/world/scan/probe.ts'
import { bearer, DEAD, type Door, forTokens, LIVE, type Probe, UNKNOWN } from '../probe.ts'

/** https://docs.digitalocean.com/reference/api/: account */
export const digitalocean: Probe = {
  name: 'digitalocean',
  bases: ['https://api.digitalocean.com'],
  ...forTokens(['digitalocean-token'], ask),
}

async function ask(token: string, { send }: Door): Promise<ProbeAnswer> {
  // A token that only gets new ones is not taken here.
  if (token.startsWith('dor_')) return UNKNOWN
  const { status, json } = await send({ path: '/v2/account', headers: bearer(token) })
  if (status === 200 && typeof at(json, 'account') === 'object') return LIVE
  // The first is what a token without the scope is told.
  if (status === 403) return at(json, 'id') === 'Forbidden' ? LIVE : UNKNOWN
  return status === 401 && at(json, 'id') === 'Unauthorized' ? DEAD : UNKNOWN
}
