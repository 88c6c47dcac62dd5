import { at } from '../../../core/trust/json.ts'
import type { ProbeAnswer } from '../../../tasks/world/scan/probe.ts'
import { DEAD, type Door, forTokens, LIVE, type Probe, UNKNOWN } from '../probe.ts'

/** https://core.telegram.org/bots/api#getme: the token is a part of the path, and there is no other way. */
export const telegram: Probe = {
  name: 'telegram',
  bases: ['https://api.telegram.org'],
  ...forTokens(['telegram-bot-token'], ask),
}

async function ask(token: string, { send }: Door): Promise<ProbeAnswer> {
  const { status, json } = await send({ path: `/bot${token}/getMe`, headers: { accept: 'application/json' } })
  if (status === 200) return at(json, 'ok') === true ? LIVE : UNKNOWN
  return status === 401 && at(json, 'ok') === false ? DEAD : UNKNOWN
}
