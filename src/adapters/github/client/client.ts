import { SealwardError } from '../../../core/errors.ts'
import type { Download } from '../../../tasks/world/github.ts'
import { safeUrl } from '../../http/exchange.ts'
import { get } from '../../http/get.ts'
import { type Bounds, boundedBy } from './bounds.ts'
import { isRedirect, locationOf, nextPage, ownRoute } from './links.ts'
import type { Octokit, OctokitAnswer, Pace } from './octokit.ts'
import { type Permission, refusalOf } from './refusal.ts'

export interface ClientOptions {
  readonly token: string
  /** GITHUB_API_URL: `https://api.github.com`, or `https://HOST/api/v3` of an enterprise server. */
  readonly apiUrl: string
  /** Of Sealward, for the user agent. */
  readonly version: string
  /** Where HTTPS_PROXY and NO_PROXY are. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly bounds?: Partial<Bounds & ListBounds>
  readonly pace?: Partial<Pace>
}

/** How much of something is read. */
export interface ListBounds {
  /** Of a hundred each. */
  readonly maxPages: number
  readonly maxDownloadBytes: number
}

/** One operation of the REST API. */
export interface Ask {
  /** As GitHub writes it: `GET /repos/{owner}/{repo}/issues`. */
  readonly route: string
  readonly parameters?: Readonly<Record<string, unknown>>
  readonly needs: Permission
  /** Refusals that are an answer here. */
  readonly accept?: readonly number[]
}

export interface Client {
  /** @throws SealwardError as tasks/world/github.ts says */
  ask(ask: Ask): Promise<OctokitAnswer>
  /** The data of every page. @throws SealwardError limit when there are more of them than the bound */
  pages(ask: Ask): AsyncIterable<unknown>
  /** What an answer redirects to; the token does not go there. */
  download(ask: Ask): Promise<Download>
}

const API_VERSION = '2022-11-28'
const DOWNLOAD_TIMEOUT_MS = 120_000
const MAX_HOPS = 3
const BOUNDS: Bounds & ListBounds = {
  timeoutMs: 30_000,
  maxBytes: 16 * 1024 * 1024,
  maxPages: 20,
  maxDownloadBytes: 256 * 1024 * 1024,
}
const PACE: Pace = { tries: 3, longestWait: 120, second: 1000, gaps: true }

/**
 * GitHub's REST API over the SDK, which is loaded with the first request. The token goes to the host of `apiUrl` and to no other,
 * whatever a `Location` or a `Link` says.
 *
 * @throws SealwardError usage for an address without TLS, or no token
 */
export function openClient(options: ClientOptions): Client {
  // RFC 6750 section 2.1; and an error about a header that cannot be sent would quote it.
  if (!/^[\w.~+/=-]+$/.test(options.token))
    throw new SealwardError('usage', 'there is no token for GitHub, or what is there is none', {
      hint: 'is there a space or a line end round it?',
    })
  return new RestClient(options, safeUrl(options.apiUrl.replace(/\/+$/, '')))
}

class RestClient implements Client {
  readonly #options: ClientOptions
  readonly #base: URL
  readonly #bounds: Bounds & ListBounds
  #octokit: Promise<Octokit> | undefined

  constructor(options: ClientOptions, base: URL) {
    this.#options = options
    this.#base = base
    this.#bounds = { ...BOUNDS, ...options.bounds }
  }

  /** A repository that was renamed answers with a redirect to its number, on the same host. */
  async ask(ask: Ask): Promise<OctokitAnswer> {
    let answer = await this.#askHere(ask)
    for (let hops = 0; isRedirect(answer); hops += 1) {
      if (hops === MAX_HOPS || !ask.route.startsWith('GET ')) throw moved()
      answer = await this.#askHere({ ...ask, route: ownRoute(locationOf(answer), this.#base), parameters: {} })
    }
    return answer
  }

  async *pages(ask: Ask): AsyncGenerator<unknown> {
    const { maxPages } = this.#bounds
    let page: Ask = { ...ask, parameters: { ...ask.parameters, per_page: 100 } }
    for (let count = 1; ; count += 1) {
      const answer = await this.ask(page)
      yield answer.data
      const next = nextPage(answer)
      if (next === null) return
      if (count === maxPages) throw tooMany(maxPages)
      page = { ...ask, route: ownRoute(next, this.#base), parameters: {} }
    }
  }

  async download(ask: Ask): Promise<Download> {
    const answer = await this.#askHere({ ...ask, accept: [404, 410] })
    if (answer.status === 404 || answer.status === 410) return { kind: 'gone' }
    if (!isRedirect(answer)) throw new SealwardError('unavailable', 'GitHub named no place for the download')
    return fetchFile(locationOf(answer), this.#bounds.maxDownloadBytes, this.#options.env)
  }

  async #askHere(ask: Ask): Promise<OctokitAnswer> {
    this.#octokit ??= openSdk(this.#options, this.#base, this.#bounds)
    const octokit = await this.#octokit
    try {
      return await octokit.request(ask.route, parametersOf(ask))
    } catch (error) {
      const { response } = error as { readonly response?: OctokitAnswer }
      if (response !== undefined && ask.accept?.includes(response.status)) return response
      throw refusalOf(error, { host: this.#base.host, needs: ask.needs })
    }
  }
}

async function openSdk(options: ClientOptions, base: URL, bounds: Bounds): Promise<Octokit> {
  const { openOctokit } = await import('./octokit.ts').catch(() => {
    // The SDK reads the event of the run when it is loaded, and an error of JSON.parse quotes what it cannot read.
    throw new SealwardError('io', "GitHub's SDK cannot be loaded", { hint: 'is the file of GITHUB_EVENT_PATH whole?' })
  })
  return openOctokit({
    token: options.token,
    baseUrl: base.href.replace(/\/$/, ''),
    userAgent: `sealward/${options.version}`,
    bound: boundedBy(bounds),
    pace: { ...PACE, ...options.pace },
  })
}

/** A creation is sent once: a server that breaks may have made it, and two issues say the same. Limits are told before anything is made. */
function parametersOf({ route, parameters }: Ask): Readonly<Record<string, unknown>> {
  const once = route.startsWith('POST ') ? { request: { retries: 0 } } : {}
  return { ...parameters, ...once, headers: { 'x-github-api-version': API_VERSION } }
}

/** The address of a download carries its own right to it: it is shown to nobody, and a redirect from there leads nowhere. */
async function fetchFile(address: string, maxBytes: number, env: ClientOptions['env']): Promise<Download> {
  try {
    const { status, body } = await get(address, { headers: {}, maxBytes, timeoutMs: DOWNLOAD_TIMEOUT_MS, env })
    if (status === 404 || status === 410) return { kind: 'gone' }
    if (status === 200) return { kind: 'bytes', bytes: body }
    throw new SealwardError('unavailable', `the store of GitHub's files answered ${status}`)
  } catch (error) {
    if (error instanceof SealwardError && error.code === 'limit') return { kind: 'too-large', limit: maxBytes }
    throw error
  }
}

function moved(): SealwardError {
  return new SealwardError('unavailable', 'GitHub sends the request elsewhere again and again', {
    hint: 'was the repository renamed? its present name works without that',
  })
}

function tooMany(maxPages: number): SealwardError {
  return new SealwardError('limit', `GitHub lists more than ${maxPages * 100} of them, which is more than a run reads`)
}
