import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Reply } from './routes.ts'

/** One answer, without pages. */
export type Sent = Extract<Reply, { status: number }>

/** In GitHub's form. */
export function refusal(status: number, message: string): Sent {
  return { status, body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) } }
}

/** With an ETag, and 304 for who knows it. */
export function send(response: ServerResponse, { status, body, headers }: Sent, known?: string): void {
  const text = body === undefined ? '' : JSON.stringify(body)
  const etag = `W/"${createHash('sha256').update(text).digest('hex')}"`
  const limits = { 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '999' }
  if (status === 200 && known === etag) response.writeHead(304, { etag, ...limits, ...headers }).end()
  else
    response
      .writeHead(status, {
        ...limits,
        ...headers,
        ...(status === 200 ? { etag } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      })
      .end(text)
}
