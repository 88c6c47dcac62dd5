import { fromText } from '../../../core/expiry/dates.ts'
import type { ProbeAnswer } from '../../../tasks/world/scan/probe.ts'
import { DEAD, type Door, LIVE, type Probe, type Reply, UNKNOWN } from '../probe.ts'
import { type AccessKey, signedHeaders } from './aws-signature.ts'

const RULES = ['aws-secret-access-key', 'aws-key-pair']
const SECRET = /^[A-Za-z0-9/+]{40}$/
const ID = /\bAKIA[A-Z2-7]{16}\b/g

/**
 * Access keys of users. Who signs is asked of STS, which every key may do whatever its policies say, and of IAM the key's age, which not
 * every key may do. The secret is not sent: requests are signed with it. Temporary keys (`ASIA`) need a third part.
 *
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export const aws: Probe = {
  name: 'aws',
  rules: RULES,
  bases: ['https://sts.amazonaws.com', 'https://iam.amazonaws.com'],
  prepare({ kind, value, beside }) {
    if (kind === null || !RULES.includes(kind) || !SECRET.test(value)) return null
    const ids = new Set(beside.flatMap((text) => text.match(ID) ?? []))
    const [id] = ids
    // Of two ids, one would be the wrong one.
    return id === undefined || ids.size > 1 ? null : (door) => ask({ id, secret: value }, door)
  },
}

async function ask(key: AccessKey, door: Door): Promise<ProbeAnswer> {
  const reply = await call({ service: 'sts', body: 'Action=GetCallerIdentity&Version=2011-06-15', base: 0 }, key, door)
  // SignatureDoesNotMatch is also what a wrong clock is told, and an id with somebody else's secret.
  if (reply.status === 403) return reply.text.includes('<Code>InvalidClientTokenId</Code>') ? DEAD : UNKNOWN
  if (reply.status !== 200 || !reply.text.includes('<GetCallerIdentityResult>')) return UNKNOWN
  const issued = await ageOf(key, door).catch(() => null)
  return { ...LIVE, expires: null, ...(issued === null ? {} : { issued }) }
}

/** @returns null when the key may not ask */
async function ageOf(key: AccessKey, door: Door): Promise<Date | null> {
  const body = 'Action=ListAccessKeys&Version=2010-05-08'
  const { status, text } = await call({ service: 'iam', body, base: door.bases.length - 1 }, key, door)
  if (status !== 200) return null
  const member = text.split('<member>').find((part) => part.includes(`<AccessKeyId>${key.id}</AccessKeyId>`))
  return fromText(/<CreateDate>([^<]{1,40})<\/CreateDate>/.exec(member ?? '')?.[1])
}

interface Call {
  readonly service: string
  readonly body: string
  readonly base: number
}

function call({ service, body, base }: Call, key: AccessKey, { bases, now, send }: Door): Promise<Reply> {
  const { host = '' } = bases[base] ?? {}
  const headers = signedHeaders(key, { host, service, region: regionOf(host), body, now })
  return send({ base, method: 'POST', path: '/', headers, body })
}

/** The addresses without a region are signed for as if they were in the first one; those of governments and China have one. */
function regionOf(host: string): string {
  return /^sts\.([a-z0-9-]{1,30})\.amazonaws\.com(?:\.cn)?$/.exec(host)?.[1] ?? 'us-east-1'
}
