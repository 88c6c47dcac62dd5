import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { refusal, type Sent, send } from './answer.ts'
import { openContract } from './contract.ts'
import { suffer, type Trouble, Troubles } from './faults.ts'
import { type Call, type Reply, ROUTES, type Route } from './routes.ts'
import { FakeVault } from './secrets.ts'
import { FakeRepository, nextId } from './state.ts'

export interface FakeOptions {
  /** `/api/v3` for an enterprise server; its description judges then. */
  readonly prefix?: '' | '/api/v3'
  readonly now?: () => Date
}

/** A token that the fake knows: whose it is, and the permissions that it has. */
export interface FakeToken {
  readonly login: string
  readonly permissions: readonly `${NonNullable<Route['needs']>}: ${'read' | 'write'}`[]
}

/** One request as it came in. */
export interface Received {
  readonly method: string
  /** With the query. */
  readonly url: string
  readonly route: string
  readonly headers: IncomingMessage['headers']
  readonly status: number
}

const PAGE = 30
const MOST_OF_A_PAGE = 100

/**
 * GitHub as far as Sealward knows it, on the loopback interface: it remembers, it can be broken on purpose, it counts, and what it is asked
 * and what it answers is held to GitHub's own description (contract.ts). Its store of files is another host: another port.
 */
export class FakeGitHub {
  readonly repositories = new Map<string, FakeRepository>()
  readonly tokens = new Map<string, FakeToken>()
  readonly organisations = new Map<string, FakeVault>()
  /** The API's requests, and the store's. */
  readonly received: Received[] = []
  readonly stored: Received[] = []
  readonly violations: string[] = []
  readonly #troubles = new Troubles()
  readonly #files = new Map<string, Uint8Array>()
  readonly #indexed = new Map<FakeRepository, readonly number[]>()
  readonly #prefix: string
  readonly #now: () => Date
  readonly #contract: ReturnType<typeof openContract>
  readonly #api = createServer((request, response) => void this.#serve(request, response))
  readonly #store = createServer((request, response) => this.#hand(request, response))

  constructor({ prefix = '', now = () => new Date() }: FakeOptions) {
    this.#prefix = prefix
    this.#now = now
    this.#contract = openContract(prefix === '' ? 'api.github.com' : 'ghes-3.19')
  }

  async listen(): Promise<this> {
    await Promise.all([this.#api, this.#store].map((server) => listening(server)))
    return this
  }

  /** GITHUB_API_URL. */
  get url(): string {
    return `${addressOf(this.#api)}${this.#prefix}`
  }

  /** The repository, made when it is not there. */
  repository(name: string): FakeRepository {
    const repository = this.repositories.get(name) ?? new FakeRepository(name, this.#now)
    this.repositories.set(name, repository)
    return repository
  }

  /** The secrets of an organisation, which is made when it is not there. */
  organisation(name: string): FakeVault {
    const vault = this.organisations.get(name) ?? new FakeVault(this.#now)
    this.organisations.set(name, vault)
    return vault
  }

  /** Those of an environment, likewise. */
  environment(repository: FakeRepository, name: string): FakeVault {
    const vault = repository.environments.get(name) ?? new FakeVault(this.#now)
    repository.environments.set(name, vault)
    return vault
  }

  break(trouble: Trouble): void {
    this.#troubles.add(trouble)
  }

  mend(): void {
    this.#troubles.clear()
  }

  /** The search sees now what is there. */
  index(repository: FakeRepository): void {
    this.#indexed.set(
      repository,
      repository.issues.map(({ number }) => number),
    )
  }

  /** @throws when anything broke GitHub's description: a test that uses the fake cannot pass over that */
  async close(): Promise<void> {
    for (const server of [this.#api, this.#store]) {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
    if (this.violations.length > 0) throw new Error(`not as GitHub describes it:\n${this.violations.join('\n')}`)
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const content = await buffer(request)
    const url = new URL(request.url ?? '/', addressOf(this.#api))
    const found = this.#find(request.method ?? '', url.pathname)
    const route = found === null ? '' : `${found.route.method} ${found.route.template}`
    response.on('close', () => this.received.push(receivedOf(request, route, response.statusCode)))
    const fault = this.#troubles.meet(route)
    if (fault !== null && !(await suffer(fault, url.href, response))) return
    // Nobody waits for a slow answer any more.
    if (response.destroyed) return
    if (found === null) return send(response, { status: 404, body: { message: 'Not Found' } })
    this.#answer({ ...found, url, request, response, content })
  }

  #find(method: string, pathname: string): Found | null {
    const path = this.#withoutPrefix(pathname)
    if (path === null) return null
    for (const route of ROUTES) {
      const match = route.method === method ? patternOf(route.template).exec(path) : null
      if (match !== null)
        return {
          route,
          path: Object.fromEntries(Object.entries(match.groups ?? {}).map(([k, v]) => [k, decodeURIComponent(v)])),
        }
    }
    return null
  }

  /** A repository's number is another way to it: pages are linked by it, and a renamed one redirects there. */
  #withoutPrefix(pathname: string): string | null {
    if (!pathname.startsWith(`${this.#prefix}/`)) return null
    const path = pathname.slice(this.#prefix.length)
    const [, id, rest = ''] = /^\/repositories\/(\d+)(\/.*)?$/.exec(path) ?? []
    if (id === undefined) return path
    const repository = [...this.repositories.values()].find((one) => one.id === Number(id))
    return repository === undefined ? null : `/repos/${repository.name}${rest}`
  }

  #answer(turn: Turn): void {
    const { route, path, url, request, response, content } = turn
    const query = Object.fromEntries(url.searchParams)
    const body = content.length === 0 ? {} : (JSON.parse(content.toString('utf8')) as Record<string, unknown>)
    const reply = this.#judge(turn, query, body)
    const sent = 'items' in reply ? this.#page(reply, turn, query) : reply
    const { status } = sent
    const exchange = { method: route.method, template: route.template, path, query, body, status, answer: sent.body }
    this.violations.push(...(this.#contract?.(exchange) ?? []))
    send(response, sent, request.headers['if-none-match'])
  }

  #judge({ route, path, request }: Turn, query: Call['query'], body: Call['body']): Reply {
    const token = this.tokens.get(/^token (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '')
    if (token === undefined) return refusal(401, 'Bad credentials')
    const call = { base: this.url, path, query, body, login: token.login, world: this.#world() }
    if (path.owner === undefined && route.needs !== null && !mayUse(token, route, true))
      return refusal(403, 'Resource not accessible by integration')
    if (path.owner === undefined)
      return route.answer({ ...call, repository: new FakeRepository('none/none', this.#now) })
    const repository = this.repositories.get(`${path.owner}/${path.repo}`)
    if (repository === undefined) return refusal(404, 'Not Found')
    const writes = route.method !== 'GET'
    if (!mayUse(token, route, repository.private || writes || /secrets/.test(route.template)))
      return refusal(403, 'Resource not accessible by integration')
    if (writes && repository.archived) return refusal(403, 'Repository was archived so is read-only.')
    const isIssue = route.template.includes('/issues')
    if (isIssue && !repository.hasIssues) return refusal(410, 'Issues has been disabled in this repository.')
    return route.answer({ ...call, repository })
  }

  #world(): Call['world'] {
    return {
      repositories: this.repositories,
      organisations: this.organisations,
      searched: (repository) => this.#indexed.get(repository) ?? [],
      storeAddress: (content) => {
        const name = `${nextId()}`
        this.#files.set(name, content)
        return `${addressOf(this.#store)}/${name}?sig=a-right-of-its-own`
      },
    }
  }

  #page(reply: Extract<Reply, { items: unknown }>, turn: Turn, query: Call['query']): Sent {
    const size = Math.min(Number(query.per_page ?? PAGE), MOST_OF_A_PAGE)
    const page = Number(query.page ?? 1)
    const items = reply.items.slice((page - 1) * size, page * size)
    const total = reply.items.length
    const body = reply.name === undefined ? items : { total_count: total, [reply.name]: items, ...reply.extra }
    if (page * size >= total) return { status: 200, body }
    return { status: 200, body, headers: { link: this.#linkTo(page + 1, turn) } }
  }

  #linkTo(page: number, { url, path }: Turn): string {
    const next = new URL(url)
    const repository = this.repositories.get(`${path.owner}/${path.repo}`)
    if (repository !== undefined)
      next.pathname = url.pathname.replace(`/repos/${repository.name}/`, `/repositories/${repository.id}/`)
    next.searchParams.set('page', String(page))
    return `<${next.href}>; rel="next", <${next.href}>; rel="last"`
  }

  #hand(request: IncomingMessage, response: ServerResponse): void {
    const content = this.#files.get(new URL(request.url ?? '/', 'http://store').pathname.slice(1))
    response.on('close', () => this.stored.push(receivedOf(request, 'store', response.statusCode)))
    if (content === undefined) response.writeHead(404).end()
    else response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(content)
  }
}

/** A fake that listens. */
export function openFakeGitHub(options: FakeOptions = {}): Promise<FakeGitHub> {
  return new FakeGitHub(options).listen()
}

interface Found {
  readonly route: Route
  readonly path: Readonly<Record<string, string>>
}

interface Turn extends Found {
  readonly url: URL
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly content: Buffer
}

const patterns = new Map<string, RegExp>()

function patternOf(template: string): RegExp {
  const pattern = patterns.get(template) ?? new RegExp(`^${template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)
  patterns.set(template, pattern)
  return pattern
}

function mayUse({ permissions }: FakeToken, { method, needs }: Route, strict: boolean): boolean {
  if (!strict) return true
  return permissions.some((has) => has === `${needs}: write` || (method === 'GET' && has === `${needs}: read`))
}

function receivedOf({ method = '', url = '', headers }: IncomingMessage, route: string, status: number): Received {
  return { method, url, route, headers, status }
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
