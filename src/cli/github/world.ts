import type { RotationRepository } from '../../adapters/git/rotation/repository.ts'
import type { Client } from '../../adapters/github/client/client.ts'
import { hostedRepository } from '../../core/hosted-repository.ts'
import { printable } from '../../core/report/printable.ts'
import { VERSION } from '../../core/version.ts'

/** The repository at GitHub that this one is a clone of; `none` where it cannot be spoken to, in words for a person. */
export type OwnRepository =
  | { readonly kind: 'own'; readonly client: Client; readonly name: string }
  | { readonly kind: 'none'; readonly why: string }

const PUBLIC_HOST = 'github.com'
const PUBLIC_API = 'https://api.github.com'

/**
 * Opens it, with the token of GitHub's own command line. Nothing is asked of GitHub yet.
 *
 * @throws SealwardError git; usage for a token that is none
 */
export async function openOwnRepository(
  { git, remote }: Pick<RotationRepository, 'git' | 'remote'>,
  env: NodeJS.ProcessEnv,
): Promise<OwnRepository> {
  const hosted = remote === null ? null : hostedRepository(await git.line(['remote', 'get-url', remote]))
  const host = (env.GH_HOST || PUBLIC_HOST).toLowerCase()
  // Whoever wrote the address of the remote must not get the token, which is for one host alone.
  if (hosted === null || hosted.host !== host)
    return { kind: 'none', why: `this repository has no remote at ${printable(host)}` }
  const client = await openGitHub(env, host === PUBLIC_HOST ? PUBLIC_API : `https://${host}/api/v3`)
  return client === null
    ? { kind: 'none', why: 'there is no token in GH_TOKEN or GITHUB_TOKEN' }
    : { kind: 'own', client, name: hosted.name }
}

/**
 * GitHub's REST API, at `apiUrl` where GITHUB_API_URL names no other.
 *
 * @returns null where there is no token; throws SealwardError usage for one that is none, and for an address without TLS
 */
export async function openGitHub(env: NodeJS.ProcessEnv, apiUrl = PUBLIC_API): Promise<Client | null> {
  const token = env.GH_TOKEN || env.GITHUB_TOKEN
  if (!token) return null
  const { openClient } = await import('../../adapters/github/client/client.ts')
  return openClient({ token, apiUrl: env.GITHUB_API_URL || apiUrl, version: VERSION, env })
}
