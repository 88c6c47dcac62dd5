import { at } from '../../../core/trust/json.ts'
import type { ProbeAnswer } from '../../../tasks/world/scan/probe.ts'
import { bearer, DEAD, type Door, forTokens, LIVE, type Probe, UNKNOWN } from '../probe.ts'

/** What `npm whoami` asks: https://docs.npmjs.com/cli/commands/npm-whoami. When a token ends is not told. */
export const npm: Probe = {
  name: 'npm',
  bases: ['https://registry.npmjs.org'],
  ...forTokens(['npm-access-token'], ask),
}

async function ask(token: string, { send }: Door): Promise<ProbeAnswer> {
  const { status, json } = await send({ path: '/-/whoami', headers: bearer(token) })
  if (status === 200 && typeof at(json, 'username') === 'string') return LIVE
  // The registry's own refusal is JSON, with or without words in it.
  return status === 401 && typeof json === 'object' ? DEAD : UNKNOWN
}
