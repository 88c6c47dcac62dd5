import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'

/** The API that docs/examples/rotate-api-key.mjs is written for. */
export class KeyIssuer {
  readonly keys = new Map<string, string>()
  readonly #byRequest = new Map<string, string>()
  /** Makes the key and never says so: the connection breaks before the answer. */
  breaksOnce = false
  status: number | null = null
  port = 0
  #server: Server | null = null

  /** @returns its address */
  async start(): Promise<string> {
    this.#server = createServer((request, response) => {
      const [status, body] = this.status === null ? this.#answer(request) : [this.status, {}]
      if (status === null) request.socket.destroy()
      else
        response
          .writeHead(status, { 'content-type': 'application/json' })
          .end(status === 204 ? '' : JSON.stringify(body))
    })
    await new Promise<void>((resolve) => this.#server!.listen(0, '127.0.0.1', resolve))
    this.port = (this.#server.address() as { readonly port: number }).port
    return `http://127.0.0.1:${this.port}`
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections()
    await new Promise((resolve) => this.#server?.close(resolve))
  }

  make(): string {
    const secret = `key_${randomBytes(18).toString('base64url')}`
    this.keys.set(idOf(secret), secret)
    return secret
  }

  #answer({ method, url = '', headers }: IncomingMessage): readonly [number | null, object] {
    const key = headers.authorization?.replace('Bearer ', '') ?? ''
    if (this.keys.get(idOf(key)) !== key) return [401, {}]
    if (method === 'GET' && url === '/v1/keys/self') return [200, { id: idOf(key) }]
    if (method === 'POST' && url === '/v1/keys') return this.#issue(String(headers['idempotency-key']))
    if (method === 'DELETE') return [this.keys.delete(url.split('/').at(-1)!) ? 204 : 404, {}]
    return [404, {}]
  }

  #issue(request: string): readonly [number | null, object] {
    const secret = this.#byRequest.get(request) ?? this.make()
    this.#byRequest.set(request, secret)
    const breaks = this.breaksOnce
    this.breaksOnce = false
    return breaks ? [null, {}] : [201, { id: idOf(secret), secret }]
  }
}

const idOf = (secret: string) => createHash('sha256').update(secret).digest('hex').slice(0, 12)
