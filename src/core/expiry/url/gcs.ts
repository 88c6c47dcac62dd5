import type { Expiry } from '../expiry.ts'
import type { Piece } from '../piece.ts'
import type { Query } from './query.ts'
import { lifeSince, lifeUntil } from './signed-url.ts'

/** Signed URLs of Google Cloud Storage, by version 4 or 2. */
export function gcsUrls({ queries }: Piece): readonly Expiry[] {
  return queries.map(readUrl).filter((expiry) => expiry !== null)
}

function readUrl(query: Query): Expiry | null {
  const life = lifeSince(query, 'x-goog-') ?? lifeUntil(query, 'googleaccessid')
  if (life === null) return null
  const advice = 'Keep the address without the signature, and sign it where it is used.'
  return { kind: 'gcs-url', what: 'a signed Google Cloud Storage URL', ...life, lives: null, advice }
}
