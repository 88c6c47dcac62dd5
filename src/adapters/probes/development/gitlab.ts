import { fromText } from '../../../core/expiry/dates.ts'
import { at } from '../../../core/trust/json.ts'
import type { ProbeAnswer } from '../../../tasks/world/scan/probe.ts'
import { DEAD, type Door, forTokens, LIVE, type Probe, UNKNOWN } from '../probe.ts'

/** Personal, project and group access tokens: https://docs.gitlab.com/api/personal_access_tokens/ */
export const gitlab: Probe = { name: 'gitlab', bases: ['https://gitlab.com'], ...forTokens(['gitlab-pat'], ask) }

async function ask(token: string, { send }: Door): Promise<ProbeAnswer> {
  const headers = { 'private-token': token, accept: 'application/json' }
  const { status, json } = await send({ path: '/api/v4/personal_access_tokens/self', headers })
  if (status === 401 && (at(json, 'message') ?? at(json, 'error')) !== undefined) return DEAD
  if (status !== 200 || typeof at(json, 'active') !== 'boolean') return UNKNOWN
  return at(json, 'active') === true ? { ...LIVE, ...lifeOf(json) } : DEAD
}

/** The day on which it ends, at 00:00 UTC. */
function lifeOf(json: unknown): Pick<ProbeAnswer, 'expires' | 'issued'> {
  const [end, expires, issued] = [
    at(json, 'expires_at'),
    fromText(at(json, 'expires_at')),
    fromText(at(json, 'created_at')),
  ]
  return {
    ...(end === null || expires !== null ? { expires } : {}),
    ...(issued === null ? {} : { issued }),
  }
}
