import { at } from '../../../core/trust/json.ts'
import type { ProbeAnswer } from '../../../tasks/world/scan/probe.ts'
import { DEAD, type Door, LIVE, type Probe, UNKNOWN } from '../probe.ts'

const RULES = ['twilio-auth-token']
const ACCOUNT = /\bAC[0-9a-f]{32}\b/g

/** The token of an account, with the account's id from beside it: https://www.twilio.com/docs/iam/api/account */
export const twilio: Probe = {
  name: 'twilio',
  rules: RULES,
  bases: ['https://api.twilio.com'],
  prepare({ kind, value, beside }) {
    if (kind === null || !RULES.includes(kind)) return null
    const accounts = new Set(beside.flatMap((text) => text.match(ACCOUNT) ?? []))
    const [account] = accounts
    // Of two accounts, one would be the wrong one.
    return account === undefined || accounts.size > 1 ? null : (door) => ask(account, value, door)
  },
}

async function ask(account: string, token: string, { send }: Door): Promise<ProbeAnswer> {
  const basic = Buffer.from(`${account}:${token}`).toString('base64')
  const headers = { authorization: `Basic ${basic}`, accept: 'application/json' }
  const { status, json } = await send({ path: `/2010-04-01/Accounts/${account}.json`, headers })
  if (status === 200) return at(json, 'sid') === account ? LIVE : UNKNOWN
  // https://www.twilio.com/docs/api/errors/20003: the id or the token is wrong.
  return status === 401 && at(json, 'code') === 20003 ? DEAD : UNKNOWN
}
