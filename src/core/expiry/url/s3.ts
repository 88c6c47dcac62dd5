import type { Expiry } from '../expiry.ts'
import type { Piece } from '../piece.ts'
import type { Query } from './query.ts'
import { lifeSince, lifeUntil } from './signed-url.ts'

const ADVICE = 'Keep the address without the signature, and sign it where it is used.'

/** Presigned URLs of S3 and what speaks its protocol, by signature version 4 or 2. */
export function s3Urls({ queries }: Piece): readonly Expiry[] {
  return queries.map(readUrl).filter((expiry) => expiry !== null)
}

function readUrl(query: Query): Expiry | null {
  const life = lifeSince(query, 'x-amz-') ?? lifeUntil(query, 'awsaccesskeyid')
  if (life === null) return null
  const borrowed = query.has('x-amz-security-token')
  const advice = borrowed ? `${ADVICE} Temporary credentials signed it: it may end before its date, with them.` : ADVICE
  return { kind: 's3-url', what: 'a presigned AWS URL', ...life, lives: null, advice }
}
