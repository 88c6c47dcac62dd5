import { getOctokit } from '@actions/github'
import { defaults } from '@actions/github/lib/utils'
import { retry } from '@octokit/plugin-retry'
import { throttling } from '@octokit/plugin-throttling'

/**
 * The SDK, and nothing of ours: the build makes a file of its own of this one, which is loaded when GitHub is asked for something, and a
 * second copy of SealwardError in it would be another class.
 */

export type Fetch = typeof globalThis.fetch

export interface OctokitSettings {
  readonly token: string
  readonly baseUrl: string
  readonly userAgent: string
  /** Puts our bounds round the SDK's own fetch, which goes through the proxy of the environment. */
  readonly bound: (fetch: Fetch) => Fetch
  readonly pace: Pace
}

/** How patient and how polite. */
export interface Pace {
  /** How often one request is sent at most. */
  readonly tries: number
  /** A limit that lasts longer than so many seconds is not waited for. */
  readonly longestWait: number
  /** What a second of waiting takes, in milliseconds: 1000, but for tests. */
  readonly second: number
  /** Whether writes keep the distance that GitHub asks for: a second, and three between issues or comments. */
  readonly gaps: boolean
}

/** What of the SDK the rest of this folder calls. */
export interface Octokit {
  request(route: string, parameters: Readonly<Record<string, unknown>>): Promise<OctokitAnswer>
}

export interface OctokitAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | number | undefined>>
  readonly data: unknown
}

/** Refused for good: asked again, each would say the same. 413 is what our own bounds answer, and 429 is throttling's to judge. */
const FINAL = [400, 401, 403, 404, 410, 413, 422, 429, 451]

/**
 * `@actions/github` reads GITHUB_API_URL and the proxy when it is loaded, and a caller may mean another server: so the base is given here
 * each time, and of those defaults only the fetch is kept.
 */
export function openOctokit({ token, baseUrl, userAgent, bound, pace }: OctokitSettings): Octokit {
  const patient = (wait: number, _request: unknown, _octokit: unknown, retries: number) =>
    wait <= pace.longestWait && retries < pace.tries - 1
  const options = {
    baseUrl,
    userAgent,
    // The SDK's own warnings quote what the server sent, on the stream where the runner looks for commands.
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    request: { fetch: bound(defaults.request?.fetch as Fetch), redirect: 'manual' },
    retry: { doNotRetry: FINAL, retries: pace.tries - 1, retryAfterBaseValue: pace.second },
    throttle: {
      onRateLimit: patient,
      onSecondaryRateLimit: patient,
      retryAfterBaseValue: pace.second,
      ...(pace.gaps ? {} : { write: AT_ONCE, notifications: AT_ONCE }),
    },
  }
  return getOctokit(token, options as never, throttling as never, retry as never)
}

/** A Bottleneck.Group without a queue. */
const AT_ONCE = { key: () => ({ schedule: async (_options: unknown, work: () => Promise<unknown>) => work() }) }

function nothing(): void {}
