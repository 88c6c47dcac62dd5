import { at } from '../../../core/trust/json.ts'
import type { ProbeAnswer } from '../../../tasks/world/scan/probe.ts'
import { bearer, DEAD, type Door, forTokens, LIVE, type Probe, type Reply, UNKNOWN } from '../probe.ts'

/** https://docs.github.com/rest/users/users#get-the-authenticated-user */
export const github: Probe = {
  name: 'github',
  bases: ['https://api.github.com'],
  ...forTokens(
    ['github-pat', 'github-fine-grained-pat', 'github-oauth', 'github-app-user', 'github-app-installation'],
    ask,
  ),
}

const EXPIRATION = 'github-authentication-token-expiration'
const DATE = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (UTC|[+-]\d{4})$/

async function ask(token: string, { send }: Door): Promise<ProbeAnswer> {
  const reply = await send({ path: '/user', headers: { ...bearer(token), 'x-github-api-version': '2022-11-28' } })
  if (reply.status === 401 && at(reply.json, 'message') === 'Bad credentials') return DEAD
  if (!isAccepted(reply)) return UNKNOWN
  return { ...LIVE, ...expiryOf(token, reply.header(EXPIRATION)) }
}

/** An installation is nobody, and is told so; its token works all the same. */
function isAccepted({ status, json }: Reply): boolean {
  if (status === 200) return typeof at(json, 'login') === 'string'
  return status === 403 && at(json, 'message') === 'Resource not accessible by integration'
}

/** Only of a personal access token does it mean something that the header is not there. */
function expiryOf(token: string, header: string | null): Pick<ProbeAnswer, 'expires'> {
  if (header === null) return /^(?:ghp|github_pat)_/.test(token) ? { expires: null } : {}
  const [, day, time, zone = ''] = DATE.exec(header) ?? []
  const date = new Date(`${day}T${time}${zone === 'UTC' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3)}`}`)
  return Number.isNaN(date.getTime()) ? {} : { expires: date }
}
