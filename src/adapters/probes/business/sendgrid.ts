import { at } from '../../../core/trust/json.ts'
import type { ProbeAnswer } from '../../../tasks/world/scan/probe.ts'
import { bearer, DEAD, type Door, forTokens, LIVE, type Probe, UNKNOWN } from '../probe.ts'

/** https://www.twilio.com/docs/sendgrid/api-reference/api-key-permissions: the scopes of the key itself. */
export const sendgrid: Probe = {
  name: 'sendgrid',
  bases: ['https://api.sendgrid.com'],
  ...forTokens(['sendgrid-key'], ask),
}

async function ask(key: string, { send }: Door): Promise<ProbeAnswer> {
  const { status, json } = await send({ path: '/v3/scopes', headers: bearer(key) })
  if (status === 200) return Array.isArray(at(json, 'scopes')) ? LIVE : UNKNOWN
  return status === 401 && Array.isArray(at(json, 'errors')) ? DEAD : UNKNOWN
}
