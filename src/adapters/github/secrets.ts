import { SealwardError } from '../../core/errors.ts'
import type { SecretPlace } from '../../core/push/target.ts'
import type { GitHubSecrets, SecretAccess, SecretsKey, StoredSecret } from '../../tasks/world/github-secrets.ts'
import type { Client } from './client/client.ts'
import { countOf, dateOf, type Fields, fieldsOf, listOf, textOf } from './client/fields.ts'
import type { Permission } from './client/refusal.ts'

/** Where the routes of a place begin, and what they need. */
interface Routes {
  readonly base: string
  readonly parameters: Readonly<Record<string, string>>
  readonly needs: Permission
}

const KEY_BYTES = 32

/** The secrets of Actions alone: those of Dependabot and Codespaces are others. */
export function openSecrets(client: Client, place: SecretPlace): GitHubSecrets {
  const { base, parameters, needs } = routesOf(place)
  const ofOrganisation = place.kind === 'organisation'
  return {
    async publicKey() {
      const { data } = await client.ask({ route: `GET ${base}/public-key`, parameters, needs })
      return keyOf(fieldsOf(data))
    },
    async find(name) {
      const one = { ...parameters, secret_name: name }
      const { status, data } = await client.ask({
        route: `GET ${base}/{secret_name}`,
        parameters: one,
        needs,
        accept: [404],
      })
      if (status === 404) return null
      const route = `GET ${base}/{secret_name}/repositories`
      const selected = () => repositoriesIn(client.pages({ route, parameters: one, needs }))
      return storedOf(fieldsOf(data), ofOrganisation ? selected : null)
    },
    async put(name, { keyId, box, access }) {
      const value = { encrypted_value: Buffer.from(box).toString('base64'), key_id: keyId }
      const all = { ...parameters, secret_name: name, ...value, ...bodyOf(access) }
      const { headers } = await client.ask({ route: `PUT ${base}/{secret_name}`, parameters: all, needs })
      const date = new Date(String(headers.date ?? ''))
      return Number.isNaN(date.getTime()) ? null : date
    },
  }
}

function routesOf(place: SecretPlace): Routes {
  const { owner } = place
  if (place.kind === 'organisation')
    return { base: '/orgs/{org}/actions/secrets', parameters: { org: owner }, needs: 'organization_secrets: write' }
  const { repo } = place
  if (place.kind === 'repository')
    return { base: '/repos/{owner}/{repo}/actions/secrets', parameters: { owner, repo }, needs: 'secrets: write' }
  return {
    base: '/repos/{owner}/{repo}/environments/{environment_name}/secrets',
    parameters: { owner, repo, environment_name: place.environment },
    needs: 'environments: write',
  }
}

function keyOf(fields: Fields): SecretsKey {
  const text = textOf(fields, 'key')
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length !== KEY_BYTES || bytes.toString('base64') !== text) throw foreign('a public key of 32 bytes')
  return { id: textOf(fields, 'key_id'), bytes }
}

async function storedOf(fields: Fields, selected: (() => Promise<number[]>) | null): Promise<StoredSecret> {
  const updatedAt = dateOf(fields, 'updated_at')
  if (selected === null) return { updatedAt, access: null }
  const visibility = textOf(fields, 'visibility')
  if (visibility === 'selected') return { updatedAt, access: { visibility, repositories: await selected() } }
  // One that is not known cannot be kept.
  if (visibility !== 'all' && visibility !== 'private') throw foreign('a visibility that is known')
  return { updatedAt, access: { visibility } }
}

async function repositoriesIn(pages: AsyncIterable<unknown>): Promise<number[]> {
  const ids: number[] = []
  for await (const page of pages) ids.push(...listOf(page, 'repositories').map((fields) => countOf(fields, 'id')))
  return ids
}

function bodyOf(access: SecretAccess | null): object {
  if (access === null) return {}
  const { visibility } = access
  return { visibility, ...(visibility === 'selected' && { selected_repository_ids: access.repositories }) }
}

function foreign(what: string): SealwardError {
  return new SealwardError('unavailable', `what answered is not GitHub's API: it has not ${what}`, {
    hint: 'does GITHUB_API_URL, or a proxy, lead elsewhere?',
  })
}
