import { at, textOf } from '../../../core/trust/json.ts'
import type { ProbeAnswer } from '../../../tasks/world/scan/probe.ts'
import { bearer, DEAD, type Door, forTokens, LIVE, type Probe, UNKNOWN } from '../probe.ts'

/** https://docs.slack.dev/reference/methods/auth.test */
export const slack: Probe = {
  name: 'slack',
  bases: ['https://slack.com'],
  ...forTokens(['slack-bot-token', 'slack-user-token', 'slack-legacy-token', 'slack-config-token'], ask),
}

const REFUSALS = ['invalid_auth', 'token_revoked', 'token_expired', 'account_inactive']

/** Slack answers 200 to everything. Tokens without rotation (`xoxb-`, `xoxp-`) have no end. */
async function ask(token: string, { send }: Door): Promise<ProbeAnswer> {
  const { status, json } = await send({ method: 'POST', path: '/api/auth.test', headers: bearer(token) })
  if (status !== 200) return UNKNOWN
  if (at(json, 'ok') === true) return /^xox[bp]-/.test(token) ? { ...LIVE, expires: null } : LIVE
  return REFUSALS.includes(textOf(at(json, 'error')) ?? '') ? DEAD : UNKNOWN
}
