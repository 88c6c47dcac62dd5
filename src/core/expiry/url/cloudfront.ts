import { Buffer } from 'node:buffer'
import { at, type Json, parseJson } from '../../trust/json.ts'
import { fromSeconds } from '../dates.ts'
import type { Expiry, Life } from '../expiry.ts'
import type { Piece } from '../piece.ts'
import type { Query } from './query.ts'
import { lifeUntil } from './signed-url.ts'

const SIGNER = 'key-pair-id'
/** What CloudFront writes for the characters of base64 that mean something in a URL. */
const SAFE: Readonly<Record<string, string>> = { '-': '+', _: '=', '~': '/' }

/** Signed URLs of CloudFront, with a canned policy (`Expires`) or one of their own (`Policy`). */
export function cloudfrontUrls({ queries }: Piece): readonly Expiry[] {
  return queries.map(readUrl).filter((expiry) => expiry !== null)
}

function readUrl(query: Query): Expiry | null {
  const life = lifeUntil(query, SIGNER) ?? lifeOfPolicy(query)
  if (life === null) return null
  const advice = 'Keep the address without the signature, and sign it where it is used.'
  return { kind: 'cloudfront-url', what: 'a signed CloudFront URL', ...life, lives: null, advice }
}

function lifeOfPolicy(query: Query): Life | null {
  const policy = query.get('policy')
  if (policy === undefined || !query.has('signature') || !query.has(SIGNER)) return null
  const base64 = policy.replace(/[-_~]/g, (character) => SAFE[character]!)
  const condition = at(parseJson(Buffer.from(base64, 'base64')), 'Statement', '0', 'Condition')
  const notAfter = dateOf(condition, 'DateLessThan')
  return notAfter === null ? null : { notBefore: dateOf(condition, 'DateGreaterThan'), notAfter }
}

function dateOf(condition: Json, bound: string): Date | null {
  return fromSeconds(at(condition, bound, 'AWS:EpochTime'))
}
