import { SealwardError } from '../../../core/errors.ts'
import type { OctokitAnswer } from './octokit.ts'

/** Where an answer leads: to the next page, or elsewhere. */

export function isRedirect({ status }: OctokitAnswer): boolean {
  return [301, 302, 303, 307, 308].includes(status)
}

export function locationOf({ headers }: OctokitAnswer): string {
  return String(headers.location ?? '')
}

/** RFC 8288; GitHub writes `<https://...>; rel="next", ...`. @returns null on the last page */
export function nextPage({ headers }: OctokitAnswer): string | null {
  for (const link of String(headers.link ?? '').split(',')) {
    const [address = '', ...parameters] = link.split(';')
    if (parameters.some((parameter) => parameter.trim() === 'rel="next"')) return address.trim().replace(/^<|>$/g, '')
  }
  return null
}

/**
 * An address that the token may be sent to, as a route of the SDK.
 *
 * @throws SealwardError unavailable for another host than that of `base`
 */
export function ownRoute(address: string, base: URL): string {
  const url = URL.canParse(address, base.href) ? new URL(address, base) : null
  if (url?.origin !== base.origin)
    throw new SealwardError('unavailable', 'GitHub pointed to a host that is not its own')
  // The SDK would take these three for its placeholders.
  return `GET ${url.origin}${(url.pathname + url.search).replace(/[{}:]/g, encodeURIComponent)}`
}
