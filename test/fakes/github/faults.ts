import type { ServerResponse } from 'node:http'

/** What can go wrong between the asking and the answer. What depends on the repository (archived, no issues) is its own state instead. */
export type Fault =
  | { readonly kind: 'secondary-limit'; readonly retryAfter: number; readonly status?: 403 | 429 }
  | { readonly kind: 'primary-limit'; readonly resetsIn: number }
  | { readonly kind: 'status'; readonly status: number; readonly body?: unknown }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'oversized'; readonly bytes: number }
  | { readonly kind: 'redirect'; readonly to: string; readonly status?: number }
  /** To itself, for ever. */
  | { readonly kind: 'endless-redirect' }
  | { readonly kind: 'hang-up' }
  /** A page of some other program, with 200. */
  | { readonly kind: 'foreign' }

export interface Trouble {
  readonly fault: Fault
  /** `POST /repos/{owner}/{repo}/issues`, or every request. */
  readonly route?: string
  /** How often; without it, always. */
  readonly times?: number
}

/** The faults that are set, each with the times that it has left. */
export class Troubles {
  readonly #set: { readonly trouble: Trouble; left: number }[] = []

  add(trouble: Trouble): void {
    this.#set.push({ trouble, left: trouble.times ?? Number.POSITIVE_INFINITY })
  }

  clear(): void {
    this.#set.length = 0
  }

  /** @returns the fault that meets this request */
  meet(route: string): Fault | null {
    const met = this.#set.find(({ trouble, left }) => left > 0 && (trouble.route ?? route) === route)
    if (met === undefined) return null
    met.left -= 1
    return met.trouble.fault
  }
}

/** Acts a fault out. @returns whether the request goes on as if nothing had been, which only a slow one does */
export async function suffer(fault: Fault, address: string, response: ServerResponse): Promise<boolean> {
  switch (fault.kind) {
    case 'slow':
      await new Promise((resolve) => setTimeout(resolve, fault.ms))
      return true
    case 'hang-up':
      response.destroy()
      return false
    case 'secondary-limit':
      refuse(response, fault.status ?? 403, 'You have exceeded a secondary rate limit. Please wait a few minutes.', {
        'retry-after': String(fault.retryAfter),
      })
      return false
    case 'primary-limit':
      refuse(response, 403, 'API rate limit exceeded for installation.', {
        'x-ratelimit-limit': '1000',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + fault.resetsIn),
      })
      return false
    case 'status':
      refuse(response, fault.status, 'Something is wrong here', {}, fault.body)
      return false
    case 'oversized':
      response.writeHead(200, { 'content-type': 'application/json' }).end(`["${'x'.repeat(fault.bytes)}"]`)
      return false
    case 'redirect':
      response.writeHead(fault.status ?? 301, { location: fault.to }).end()
      return false
    case 'endless-redirect':
      response.writeHead(302, { location: address }).end()
      return false
    case 'foreign':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Please sign in to the network</html>')
      return false
  }
}

function refuse(
  response: ServerResponse,
  status: number,
  message: string,
  headers: Readonly<Record<string, string>>,
  body?: unknown,
): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
    .end(JSON.stringify(body ?? { message, documentation_url: 'https://docs.github.com/rest' }))
}
