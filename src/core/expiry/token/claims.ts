import { at, type Json } from '../../trust/json.ts'
import type { Life } from '../expiry.ts'

/**
 * The registered claims on time (RFC 7519 section 4.1, which PASETO took over): `exp`, and `nbf` or else `iat` for the start.
 *
 * @param read the way a date is written, null where it cannot be read
 * @returns null when there is an `exp` that is no date: it would be wrong to say that the token never ends
 */
export function lifeOfClaims(claims: Json, read: (date: Json) => Date | null): Life | null {
  const end = at(claims, 'exp')
  const notAfter = read(end)
  if (end !== undefined && notAfter === null) return null
  return { notBefore: read(at(claims, 'nbf')) ?? read(at(claims, 'iat')), notAfter }
}
