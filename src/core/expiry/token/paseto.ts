import { Buffer } from 'node:buffer'
import { parseJson } from '../../trust/json.ts'
import { fromText } from '../dates.ts'
import type { Expiry } from '../expiry.ts'
import type { Piece } from '../piece.ts'
import { lifeOfClaims } from './claims.ts'

const TOKEN = /(?<![\w.-])v([1-4])\.public\.([\w-]+)/g
/** What stands behind the claims: RSA-2048, Ed25519, ECDSA on P-384, Ed25519. */
const SIGNATURE_BYTES: Readonly<Record<string, number>> = { 1: 256, 2: 64, 3: 96, 4: 64 }

/** PASETO tokens that are signed. Those of the purpose `local` are encrypted, and say nothing. */
export function pasetoTokens({ text }: Piece): readonly Expiry[] {
  if (!text.includes('.public.')) return []
  return Array.from(text.matchAll(TOKEN), ([, version = '', body = '']) => readToken(version, body)).filter(
    (expiry) => expiry !== null,
  )
}

function readToken(version: string, body: string): Expiry | null {
  const bytes = Buffer.from(body, 'base64url')
  const claims = parseJson(bytes.subarray(0, Math.max(bytes.length - SIGNATURE_BYTES[version]!, 0)))
  if (typeof claims !== 'object' || claims === null) return null
  const life = lifeOfClaims(claims, fromText)
  if (life === null) return null
  return { kind: 'paseto', what: 'a PASETO token', ...life, lives: null, advice: 'Have its issuer make a new one.' }
}
