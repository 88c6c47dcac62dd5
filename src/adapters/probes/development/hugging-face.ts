import { at } from '../../../core/trust/json.ts'
import type { ProbeAnswer } from '../../../tasks/world/scan/probe.ts'
import { bearer, DEAD, type Door, forTokens, LIVE, type Probe, UNKNOWN } from '../probe.ts'

/** https://huggingface.co/docs/hub/api: whoami-v2 */
export const huggingFace: Probe = {
  name: 'hugging-face',
  bases: ['https://huggingface.co'],
  ...forTokens(['huggingface-token'], ask),
}

async function ask(token: string, { send }: Door): Promise<ProbeAnswer> {
  const { status, json } = await send({ path: '/api/whoami-v2', headers: bearer(token) })
  if (status === 200) return typeof at(json, 'name') === 'string' ? LIVE : UNKNOWN
  return status === 401 && typeof at(json, 'error') === 'string' ? DEAD : UNKNOWN
}
