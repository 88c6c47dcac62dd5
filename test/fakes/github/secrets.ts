import { randomBytes } from 'node:crypto'
import { type BoxKey, boxKeyOf, openBox } from '../../support/open-box.ts'
import type { Call, Reply, Route } from './routes.ts'
import { repositoryShape } from './shapes.ts'

export interface FakeSecret {
  readonly createdAt: Date
  readonly updatedAt: Date
  /** What a workflow would get. */
  readonly value: string
  readonly visibility: string
  readonly selected: readonly number[]
}

/** The secrets of one place, which alone can open what is sealed for them. */
export class FakeVault {
  readonly keyId = String(Math.floor(Math.random() * 1e15))
  readonly #key: BoxKey = boxKeyOf(randomBytes(32))
  readonly #now: () => Date
  readonly secrets = new Map<string, FakeSecret>()
  /** Says yes and does nothing. */
  forgetful = false
  /** Another public key than its own, in base64. */
  shownKey: string | null = null

  constructor(now: () => Date) {
    this.#now = now
  }

  get publicKey(): string {
    return this.shownKey ?? Buffer.from(this.#key.publicKey).toString('base64')
  }

  set(name: string, value: string, access: Partial<Pick<FakeSecret, 'visibility' | 'selected'>> = {}): void {
    const updatedAt = this.#now()
    const createdAt = this.secrets.get(name)?.createdAt ?? updatedAt
    this.secrets.set(name, { createdAt, updatedAt, value, visibility: 'private', selected: [], ...access })
  }

  /** @returns whether it could be opened */
  put(name: string, { encrypted_value: box, key_id: id, ...access }: Call['body']): boolean {
    if (id !== this.keyId) return false
    try {
      const value = openBox(Buffer.from(String(box), 'base64'), this.#key).toString('utf8')
      const visibility = String(access.visibility ?? 'private')
      const selected = (access.selected_repository_ids ?? []) as number[]
      if (!this.forgetful) this.set(name, value, { visibility, selected })
      return true
    } catch {
      return false
    }
  }
}

const REPOSITORY = '/repos/{owner}/{repo}/actions/secrets'
const ENVIRONMENT = '/repos/{owner}/{repo}/environments/{environment_name}/secrets'
const ORGANISATION = '/orgs/{org}/actions/secrets'

const NOT_FOUND: Reply = { status: 404, body: { message: 'Not Found', documentation_url: 'https://docs.github.com' } }

/** The longer routes first: `public-key` could be the name of a secret else. */
export const SECRET_ROUTES: readonly Route[] = [
  ...routesOf(REPOSITORY, 'secrets', ({ repository }) => repository.vault),
  ...routesOf(ENVIRONMENT, 'environments', ({ repository, path }) =>
    repository.environments.get(path.environment_name ?? ''),
  ),
  ...routesOf(ORGANISATION, 'organization_secrets', ({ world, path }) => world.organisations.get(path.org ?? '')),
  {
    method: 'GET',
    template: `${ORGANISATION}/{secret_name}/repositories`,
    needs: 'organization_secrets',
    answer: listSelected,
  },
]

function routesOf(
  base: string,
  needs: NonNullable<Route['needs']>,
  vaultOf: (call: Call) => FakeVault | undefined,
): Route[] {
  const within = (answer: (vault: FakeVault, call: Call) => Reply) => (call: Call) => {
    const vault = vaultOf(call)
    return vault === undefined ? NOT_FOUND : answer(vault, call)
  }
  const one = `${base}/{secret_name}`
  return [
    { method: 'GET', template: `${base}/public-key`, needs, answer: within(getKey) },
    { method: 'GET', template: one, needs, answer: within(getSecret) },
    { method: 'PUT', template: one, needs, answer: within(putSecret) },
  ]
}

function getKey({ keyId, publicKey }: FakeVault): Reply {
  return { status: 200, body: { key_id: keyId, key: publicKey } }
}

function getSecret(vault: FakeVault, { base, path }: Call): Reply {
  const name = path.secret_name?.toUpperCase() ?? ''
  const secret = vault.secrets.get(name)
  if (secret === undefined) return NOT_FOUND
  const { createdAt, updatedAt, visibility } = secret
  const dates = { created_at: secondOf(createdAt), updated_at: secondOf(updatedAt) }
  if (path.org === undefined) return { status: 200, body: { name, ...dates } }
  const url = `${base}/orgs/${path.org}/actions/secrets/${name}/repositories`
  return { status: 200, body: { name, ...dates, visibility, selected_repositories_url: url } }
}

function putSecret(vault: FakeVault, { path, body }: Call): Reply {
  const name = path.secret_name?.toUpperCase() ?? ''
  const isNew = !vault.secrets.has(name)
  if (vault.put(name, body)) return isNew ? { status: 201, body: {} } : { status: 204 }
  return {
    status: 422,
    body: { message: 'Bad request - invalid encryption', documentation_url: 'https://docs.github.com' },
  }
}

function listSelected({ base, path, world }: Call): Reply {
  const secret = world.organisations.get(path.org ?? '')?.secrets.get(path.secret_name ?? '')
  if (secret === undefined) return NOT_FOUND
  const chosen = [...world.repositories.values()].filter(({ id }) => secret.selected.includes(id))
  return { name: 'repositories', items: chosen.map((repository) => repositoryShape(base, repository)) }
}

/** GitHub's dates have no fractions. */
function secondOf(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z')
}
