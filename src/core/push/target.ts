import { SealwardError } from '../errors.ts'

/** Where GitHub keeps secrets for workflows. */
export type SecretPlace =
  | { readonly kind: 'repository'; readonly owner: string; readonly repo: string }
  | { readonly kind: 'environment'; readonly owner: string; readonly repo: string; readonly environment: string }
  | { readonly kind: 'organisation'; readonly owner: string }

/** One secret of GitHub Actions. */
export interface SecretTarget {
  readonly place: SecretPlace
  readonly name: string
}

const SCHEME = 'github:'
const PLACE = /^(?<owner>[\w.-]{1,100})(?:\/(?<repo>[\w.-]{1,100})(?:\/environments\/(?<environment>.{1,255}))?)?$/u
/** What is refused in the name of an environment by GitHub, and what could not be shown as it is. */
const NOT_OF_AN_ENVIRONMENT = /[\p{C}\p{Zl}\p{Zp}'"`,;\\]/u

/**
 * Reads a target: `github:OWNER/REPO:NAME`, `github:OWNER/REPO/environments/ENVIRONMENT:NAME`, or `github:OWNER:NAME` for an organisation's. It
 * names the repository itself, and none is guessed: a key that was pushed to another one is lost to whoever may write workflows there.
 *
 * @throws SealwardError usage
 */
export function parseTarget(text: string): SecretTarget {
  const end = text.lastIndexOf(':')
  const place = text.startsWith(SCHEME) && end >= SCHEME.length ? readPlace(text.slice(SCHEME.length, end)) : null
  if (place === null)
    throw new SealwardError('usage', 'a place for a secret is written as github:OWNER/REPO:NAME', {
      hint: 'or github:OWNER/REPO/environments/ENVIRONMENT:NAME, or github:OWNER:NAME for an organisation',
    })
  return { place, name: secretName(text.slice(end + 1)) }
}

/** As `parseTarget` reads it. */
export function printTarget({ place, name }: SecretTarget): string {
  const repository = place.kind === 'organisation' ? place.owner : `${place.owner}/${place.repo}`
  const environment = place.kind === 'environment' ? `/environments/${place.environment}` : ''
  return `${SCHEME}${repository}${environment}:${name}`
}

function readPlace(text: string): SecretPlace | null {
  const { owner, repo, environment } = PLACE.exec(text)?.groups ?? {}
  // Dots alone would climb in the address of a request.
  if (owner === undefined || [owner, repo, environment].some((part) => /^\.+$/.test(part ?? ''))) return null
  if (repo === undefined) return { kind: 'organisation', owner }
  if (environment === undefined) return { kind: 'repository', owner, repo }
  return NOT_OF_AN_ENVIRONMENT.test(environment) ? null : { kind: 'environment', owner, repo, environment }
}

/** GitHub keeps them in capitals, whatever was written: so that two spellings are not taken for two secrets, ours are too. */
function secretName(text: string): string {
  const name = text.toUpperCase()
  if (!/^[A-Z_][A-Z0-9_]{0,254}$/.test(name) || name.startsWith('GITHUB_'))
    throw new SealwardError('usage', 'GitHub takes no secret of that name', {
      hint: 'letters, digits and underscores, not a digit first, and not GITHUB_ in front',
    })
  return name
}
