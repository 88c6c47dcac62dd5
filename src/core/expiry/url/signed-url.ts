import { fromBasic, fromDigits } from '../dates.ts'
import type { Life } from '../expiry.ts'
import type { Query } from './query.ts'

/** A week, the most that either cloud takes. */
const MOST_SECONDS = 7 * 24 * 60 * 60

/** The life of a URL that says when it was signed and for how many seconds: `X-Amz-...` of AWS, `X-Goog-...` of Google. */
export function lifeSince(query: Query, prefix: 'x-amz-' | 'x-goog-'): Life | null {
  if (!query.has(`${prefix}signature`)) return null
  const notBefore = fromBasic(query.get(`${prefix}date`))
  const seconds = query.get(`${prefix}expires`) ?? ''
  if (notBefore === null || !/^\d{1,6}$/.test(seconds) || Number(seconds) > MOST_SECONDS) return null
  return { notBefore, notAfter: new Date(notBefore.getTime() + Number(seconds) * 1000) }
}

/** The life of a URL of the older kind, which says in seconds since 1970 when it ends. */
export function lifeUntil(query: Query, signer: string): Life | null {
  if (!query.has('signature') || !query.has(signer)) return null
  const notAfter = fromDigits(query.get('expires'))
  return notAfter === null ? null : { notBefore: null, notAfter }
}
