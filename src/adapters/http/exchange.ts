import { type IncomingHttpHeaders, Agent as PlainAgent, request as plainRequest } from 'node:http'
import { Agent, type RequestOptions, request } from 'node:https'
import { SealwardError } from '../../core/errors.ts'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export interface ExchangeOptions {
  readonly method: 'GET' | 'POST'
  readonly body?: string
  readonly headers: Readonly<Record<string, string>>
  readonly maxBytes: number
  readonly timeoutMs: number
  /** Where HTTPS_PROXY and NO_PROXY are. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Lets http through to every machine: for what is signed itself, and no secret. */
  readonly plain?: boolean
}

/**
 * One request, to this address and nowhere else: redirects are answers like any other. https, or http to this very machine.
 *
 * node:https and not fetch, which loads slower and knows no proxy of the environment.
 *
 * @throws SealwardError io, naming the host and nothing else of the address; limit past `maxBytes`; usage for another scheme
 */
export function exchange(address: string, asked: ExchangeOptions): Promise<Answer> {
  const { method, body = '', headers, maxBytes, timeoutMs, env, plain = false } = asked
  const url = plain ? plainUrl(address) : safeUrl(address)
  const [ask, AgentOf] = url.protocol === 'https:' ? [request, Agent] : [plainRequest, PlainAgent]
  // `proxyEnv` is an option of Node 24.5; an older one goes without a proxy. Over http a proxy would read all that is for this machine alone.
  const isDirect = url.protocol === 'http:' && isThisMachine(url)
  const agent = new AgentOf((isDirect ? {} : { proxyEnv: env }) as ConstructorParameters<typeof AgentOf>[0])
  const options: RequestOptions = {
    method,
    headers: { ...headers, 'user-agent': 'sealward', ...lengthOf(body) },
    agent,
    signal: AbortSignal.timeout(timeoutMs),
  }
  return new Promise((resolve, reject) => {
    const fail = ({ code, name }: NodeJS.ErrnoException) => reject(unreachable(url, code ?? name))
    ask(url, options, (response) => {
      const chunks: Buffer[] = []
      let length = 0
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        length += chunk.length
        if (length <= maxBytes) return
        response.destroy()
        reject(new SealwardError('limit', `${url.host} answered with more than ${maxBytes} bytes`))
      })
      response.on('end', () => {
        const { statusCode: status = 0, headers } = response
        resolve({ status, headers, body: Buffer.concat(chunks) })
      })
      response.on('error', fail)
    })
      .on('error', fail)
      .end(body)
  })
}

/** @throws SealwardError usage for what is neither https nor this very machine */
export function safeUrl(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url === null || !(url.protocol === 'https:' || (url.protocol === 'http:' && isThisMachine(url))))
    throw new SealwardError('usage', 'an address must begin with https://')
  return url
}

/** The name `127.example.org` is another machine's. */
function isThisMachine({ hostname }: URL): boolean {
  return /^(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])$/.test(hostname)
}

function plainUrl(address: string): URL {
  return URL.canParse(address) && new URL(address).protocol === 'http:' ? new URL(address) : safeUrl(address)
}

/** Without it, Node sends a body in chunks, which not every receiver takes. */
function lengthOf(body: string): Record<string, string> {
  return body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) }
}

function unreachable({ host }: URL, why: string): SealwardError {
  return new SealwardError('io', `${host} cannot be reached (${why})`, {
    hint: 'a proxy is taken from HTTPS_PROXY, and a certificate authority from NODE_EXTRA_CA_CERTS',
  })
}
