import { execFileSync, spawn } from 'node:child_process'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { cleanEnv } from '../support/git-repository.ts'

/** git's own server, on the loopback interface, as GitHub has one: https is all that is missing. */
export interface GitServer {
  /** GITHUB_SERVER_URL. */
  readonly url: string
  /** `owner/name.git` of each request that was let in, and of each that was not. */
  readonly served: readonly string[]
  readonly refused: readonly string[]
}

const HEAD_END = Buffer.from('\r\n\r\n')

/**
 * Serves the bare repositories of a folder to whoever has the token, by `git http-backend`.
 *
 * @param root with `owner/name.git` below it, made with uploadpack.allowFilter and uploadpack.allowAnySHA1InWant
 */
export async function openGitServer(root: string, token: string): Promise<GitServer> {
  const backend = join(execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(), 'git-http-backend')
  const [served, refused]: [string[], string[]] = [[], []]
  const expected = `Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`
  const server = createServer((request, response) => {
    const [, repository = ''] = /^\/([^/]+\/[^/]+\.git)\//.exec(request.url ?? '') ?? []
    if (request.headers.authorization !== expected) {
      refused.push(repository)
      response.writeHead(401, { 'www-authenticate': 'Basic realm="GitHub"' }).end()
      return
    }
    served.push(repository)
    run({ backend, root }, request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, served, refused }
}

/** RFC 3875: the request in variables and on stdin; the answer with its header on stdout. */
function run(
  { backend, root }: { readonly backend: string; readonly root: string },
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { pathname, search } = new URL(request.url ?? '/', 'http://server')
  const { headers } = request
  const child = spawn(backend, {
    env: {
      ...cleanEnv,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      REQUEST_METHOD: request.method,
      PATH_INFO: pathname,
      QUERY_STRING: search.slice(1),
      CONTENT_TYPE: headers['content-type'] ?? '',
      ...(headers['content-length'] === undefined ? {} : { CONTENT_LENGTH: headers['content-length'] }),
      ...(headers['content-encoding'] === undefined ? {} : { HTTP_CONTENT_ENCODING: headers['content-encoding'] }),
      ...(headers['git-protocol'] === undefined ? {} : { GIT_PROTOCOL: String(headers['git-protocol']) }),
    } as NodeJS.ProcessEnv,
  })
  request.pipe(child.stdin).on('error', () => {})
  let head: Buffer | null = Buffer.alloc(0)
  child.stdout.on('data', (chunk: Buffer) => {
    if (head === null) return void response.write(chunk)
    head = Buffer.concat([head, chunk])
    const end = head.indexOf(HEAD_END)
    if (end < 0) return
    answer(response, head.subarray(0, end).toString('latin1'))
    response.write(head.subarray(end + HEAD_END.length))
    head = null
  })
  child.on('close', () => response.end())
}

function answer(response: ServerResponse, head: string): void {
  const fields = head.split('\r\n').map((line) => line.split(/:\s*/, 2) as [string, string])
  const status = fields.find(([name]) => name.toLowerCase() === 'status')?.[1] ?? '200'
  response.writeHead(
    Number(status.slice(0, 3)),
    Object.fromEntries(fields.filter(([name]) => name.toLowerCase() !== 'status')),
  )
}
