import { Buffer } from 'node:buffer'
import { jwt } from '../../scan/tokens/proofs/jwt.ts'
import { parseJson } from '../../trust/json.ts'
import { fromSeconds } from '../dates.ts'
import type { Expiry } from '../expiry.ts'
import type { Piece } from '../piece.ts'
import { lifeOfClaims } from './claims.ts'

/** `eyJ` is `{"`. One place to begin in a run of its characters, or it would take quadratic time. */
const TOKEN = /(?<![\w-])eyJ[\w-]+\.([\w-]+)\.[\w-]*/g

/** JSON Web Tokens that are signed (RFC 7519, 7515), wherever they stand: behind `Bearer `, in a kubeconfig, in a URL. */
export function jsonWebTokens({ text }: Piece): readonly Expiry[] {
  if (!text.includes('eyJ')) return []
  return Array.from(text.matchAll(TOKEN), ([token, payload = '']) => readToken(token, payload)).filter(
    (expiry) => expiry !== null,
  )
}

function readToken(token: string, payload: string): Expiry | null {
  if (jwt(token) !== 'holds') return null
  const life = lifeOfClaims(parseJson(Buffer.from(payload, 'base64url')), fromSeconds)
  if (life === null) return null
  const advice = 'Have its issuer make a new one.'
  return { kind: 'jwt', what: 'a JSON Web Token', ...life, lives: null, advice }
}
