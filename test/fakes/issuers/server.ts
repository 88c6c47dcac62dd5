import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface Said {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** A text as it is, and all else as JSON. */
  readonly body: unknown
}

/** A server that answers by a function, and keeps what it received. */
export interface IssuerServer {
  readonly url: string
  readonly received: readonly Received[]
  close(): void
}

/** @param answer null leaves the caller without an answer */
export async function openServer(answer: (request: Received) => Said | null): Promise<IssuerServer> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { method = '', url: path = '', headers } = request
      received.push({ method, path, headers, body })
      send(response, answer({ method, path, headers, body }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

function send(response: ServerResponse, said: Said | null): void {
  if (said === null) return
  const isText = typeof said.body === 'string'
  const type = isText ? {} : { 'content-type': 'application/json; charset=utf-8' }
  response.writeHead(said.status, { ...type, ...said.headers })
  response.end(isText ? said.body : JSON.stringify(said.body))
}
