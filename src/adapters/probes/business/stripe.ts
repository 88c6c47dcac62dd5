import { at } from '../../../core/trust/json.ts'
import type { ProbeAnswer } from '../../../tasks/world/scan/probe.ts'
import { bearer, DEAD, type Door, forTokens, LIVE, type Probe, UNKNOWN } from '../probe.ts'

/** https://docs.stripe.com/api/balance/balance_retrieve, which changes nothing. */
export const stripe: Probe = {
  name: 'stripe',
  bases: ['https://api.stripe.com'],
  ...forTokens(['stripe-live-key', 'stripe-test-key'], ask),
}

async function ask(key: string, { send }: Door): Promise<ProbeAnswer> {
  const { status, json } = await send({ path: '/v1/balance', headers: bearer(key) })
  if (status === 200) return at(json, 'object') === 'balance' ? LIVE : UNKNOWN
  const isStripe = typeof at(json, 'error', 'type') === 'string'
  if (status === 401) return isStripe ? DEAD : UNKNOWN
  // A restricted key that may do something else.
  return status === 403 && at(json, 'error', 'code') === 'more_permissions_required' ? LIVE : UNKNOWN
}
