import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

export interface Delivery {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A receiver of webhooks on the loopback interface, which keeps what it is sent. */
export interface Receiver {
  readonly url: string
  readonly received: readonly Delivery[]
}

/** How it answers: by statuses, one after the other, the last one for ever; 0 breaks the connection. */
export interface ReceiverOptions {
  readonly statuses?: readonly number[]
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export async function openReceiver({
  statuses = [204],
  headers = {},
  body = '',
}: ReceiverOptions = {}): Promise<Receiver> {
  const received: Delivery[] = []
  const server = createServer(async (request, response) => {
    const { method = '', url = '' } = request
    received.push({ method, url, headers: request.headers, body: await text(request) })
    const status = statuses[Math.min(received.length, statuses.length) - 1]!
    if (status === 0) response.destroy()
    else response.writeHead(status, headers).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received }
}
