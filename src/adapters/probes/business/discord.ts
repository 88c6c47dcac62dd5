import { at } from '../../../core/trust/json.ts'
import type { ProbeAnswer } from '../../../tasks/world/scan/probe.ts'
import { DEAD, type Door, forTokens, LIVE, type Probe, UNKNOWN } from '../probe.ts'

/** https://docs.discord.com/developers/resources/user#get-current-user */
export const discord: Probe = {
  name: 'discord',
  bases: ['https://discord.com'],
  ...forTokens(['discord-bot-token'], ask),
}

async function ask(token: string, { send }: Door): Promise<ProbeAnswer> {
  const headers = { authorization: `Bot ${token}`, accept: 'application/json' }
  const { status, json } = await send({ path: '/api/v10/users/@me', headers })
  if (status === 200) return typeof at(json, 'id') === 'string' ? LIVE : UNKNOWN
  return status === 401 && at(json, 'message') === '401: Unauthorized' ? DEAD : UNKNOWN
}
