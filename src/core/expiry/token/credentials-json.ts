import { at, type Json, textOf } from '../../trust/json.ts'
import { fromSeconds, fromText } from '../dates.ts'
import type { Expiry } from '../expiry.ts'
import type { Piece } from '../piece.ts'

/** A document in which a program keeps credentials beside the date of their end. */
interface Document {
  readonly what: string
  /** The way to the secret. */
  readonly secret: readonly string[]
  /** The way to the date. */
  readonly end: readonly string[]
  /** With this beside it, a new one is fetched, and the date means little. */
  readonly renewedBy?: string
}

const DOCUMENTS: readonly Document[] = [
  // Of STS, of `aws configure export-credentials`, and of a credential process.
  { what: 'temporary AWS credentials', secret: ['SessionToken'], end: ['Expiration'] },
  { what: 'temporary AWS credentials', secret: ['Credentials', 'SessionToken'], end: ['Credentials', 'Expiration'] },
  // Of the plugins of kubectl: client.authentication.k8s.io.
  {
    what: 'credentials for a Kubernetes cluster',
    secret: ['status', 'token'],
    end: ['status', 'expirationTimestamp'],
  },
  ...['expires_at', 'expiry', 'token_expiry'].map((end) => ({
    ...{ what: 'an OAuth access token', secret: ['access_token'], end: [end], renewedBy: 'refresh_token' },
  })),
]

/** Documents of JSON that say in a field of their own when what they hold ends. */
export function credentialsJson({ json }: Piece): readonly Expiry[] {
  if (json === undefined) return []
  return DOCUMENTS.map((document) => read(json, document)).filter((expiry) => expiry !== null)
}

function read(json: Json, { what, secret, end, renewedBy }: Document): Expiry | null {
  const date = at(json, ...end)
  const notAfter = fromText(date) ?? fromSeconds(date)
  if (notAfter === null || textOf(at(json, ...secret)) === null) return null
  if (renewedBy !== undefined && textOf(at(json, renewedBy)) !== null) return null
  const advice = 'Keep what they are made from, and make them where they are used.'
  return { kind: 'credentials-json', what, notBefore: null, notAfter, lives: null, advice }
}
