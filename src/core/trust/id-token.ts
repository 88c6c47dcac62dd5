import type { JobEnvironment } from './facts.ts'

const MAX_CHARACTERS = 64 * 1024

/**
 * The GitHub environment that a job's OIDC token names in its claim `environment`; a job without one has a token without that claim.
 *
 * @returns unknown for what is no token (RFC 7519)
 */
export function environmentOf(token: string): JobEnvironment {
  const claims = token.length > MAX_CHARACTERS ? null : claimsOf(token.split('.')[1] ?? '')
  if (claims === null) return { kind: 'unknown' }
  const { environment } = claims
  if (environment === undefined) return { kind: 'none' }
  return typeof environment === 'string' && environment !== ''
    ? { kind: 'named', name: environment }
    : { kind: 'unknown' }
}

function claimsOf(part: string): { readonly environment?: unknown } | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    const isToken = typeof claims === 'object' && claims !== null && 'sub' in claims
    return isToken ? (claims as { readonly environment?: unknown }) : null
  } catch {
    return null
  }
}
