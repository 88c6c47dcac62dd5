import { fromText } from '../../../core/expiry/dates.ts'
import { at } from '../../../core/trust/json.ts'
import type { ProbeAnswer } from '../../../tasks/world/scan/probe.ts'
import { bearer, DEAD, type Door, type Probe, type Reply, UNKNOWN } from '../probe.ts'

const RULES = ['cloudflare-token', 'cloudflare-old-token']

/**
 * Tokens of users: https://developers.cloudflare.com/api/resources/user/subresources/tokens/methods/verify/
 *
 * Those of accounts (`cfat_`) are asked about with the account's id, and global keys (`cfk_`) with an address; neither stands in the token.
 */
export const cloudflare: Probe = {
  name: 'cloudflare',
  bases: ['https://api.cloudflare.com'],
  rules: RULES,
  prepare: ({ kind, value }) =>
    kind !== null && RULES.includes(kind) && !/^cf(?:at|k)_/.test(value) ? (door) => ask(value, door) : null,
}

async function ask(token: string, { send }: Door): Promise<ProbeAnswer> {
  const reply = await send({ path: '/client/v4/user/tokens/verify', headers: bearer(token) })
  if (reply.status !== 200) return isRefusal(reply, token) ? DEAD : UNKNOWN
  const { json } = reply
  const state = at(json, 'result', 'status')
  if (state === 'disabled' || state === 'expired') return DEAD
  if (state !== 'active') return UNKNOWN
  const [expires, issued] = [fromText(at(json, 'result', 'expires_on')), fromText(at(json, 'result', 'not_before'))]
  const isSaid = at(json, 'result', 'expires_on') !== undefined
  // A token without an end has no such member.
  return { state: 'live', ...(isSaid && expires === null ? {} : { expires }), ...(issued === null ? {} : { issued }) }
}

/** An old token may be one of an account, and that is refused here as well. */
function isRefusal({ status, json }: Reply, token: string): boolean {
  return (
    status === 401 &&
    token.startsWith('cfut_') &&
    at(json, 'success') === false &&
    at(json, 'errors', '0', 'code') === 1000
  )
}
