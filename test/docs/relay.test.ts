import { spawn } from 'node:child_process'
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { chmodSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { authenticate } from '../../src/core/request/authenticate.ts'
import { judgeRequest } from '../../src/core/request/judge.ts'
import { readMessage } from '../../src/core/request/message.ts'
import { keyOf, newKeyText } from '../core/request/scene.ts'
import { cleanEnv, temporaryFolder } from '../support/git-repository.ts'

const KEY_TEXT = newKeyText()
const SECRET = randomBytes(16).toString('hex')
const PATH = 'production/.env.encrypted'
const FILE = Buffer.from('as it is committed')
const ALERT = {
  action: 'created',
  alert: { number: 42, secret_type: 'postgres_connection_string' },
  repository: { id: 123456, full_name: 'octo-org/orders', default_branch: 'main' },
}

/** GitHub, as far as the relay knows it. */
async function startGitHub() {
  const dispatched: unknown[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => void chunks.push(chunk))
    request.on('end', () => {
      if (request.url === `/repos/octo-org/orders/contents/${PATH}?ref=main`) return response.end(FILE)
      if (request.method !== 'POST' || request.url !== '/repos/octo-org/orders/dispatches')
        return response.writeHead(404).end()
      dispatched.push(JSON.parse(Buffer.concat(chunks).toString()))
      return response.writeHead(204).end()
    })
  })
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, dispatched }
}

async function startRelay(apiUrl: string): Promise<string> {
  const program = join(temporaryFolder('bin'), 'sealward')
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${resolve('dist/cli.js')}' "$@"\n`)
  chmodSync(program, 0o755)
  const env = {
    ...{ ...cleanEnv, PORT: '0', WEBHOOK_SECRET: SECRET, SEALWARD_REQUEST_KEYS: KEY_TEXT, GITHUB_TOKEN: 'x' },
    ...{ GITHUB_API_URL: apiUrl, SEALWARD: program },
    CREDENTIALS: JSON.stringify({ postgres_connection_string: { name: 'orders-db', path: PATH } }),
  }
  const child = spawn(process.execPath, ['docs/examples/secret-scanning-relay.mjs'], { env: env as NodeJS.ProcessEnv })
  onTestFinished(() => void child.kill())
  for await (const line of child.stdout) {
    const port = /listening on (\d+)/.exec(String(line))?.[1]
    if (port !== undefined) return `http://127.0.0.1:${port}`
  }
  throw new Error('the relay did not start')
}

async function deliver(relay: string, alert: object, { secret = SECRET, delivery = 'one' } = {}): Promise<number> {
  const body = JSON.stringify(alert)
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
  const headers = { 'x-hub-signature-256': signature, 'x-github-delivery': delivery }
  return (await fetch(relay, { method: 'POST', headers, body })).status
}

describe.skipIf(process.platform === 'win32')('the relay of the example', () => {
  it('asks for a rotation, with a request that is good, once for each alert that GitHub signed', async () => {
    const { url, dispatched } = await startGitHub()
    const relay = await startRelay(url)
    const statuses = [
      await deliver(relay, ALERT, { secret: 'another' }),
      await deliver(relay, { ...ALERT, action: 'resolved' }),
      await deliver(relay, { ...ALERT, alert: { number: 1, secret_type: 'constructor' } }),
      await deliver(relay, ALERT),
      await deliver(relay, ALERT),
    ]
    expect([statuses, dispatched.length]).toEqual([[401, 200, 200, 202, 200], 1])
    const { event_type, client_payload } = dispatched[0] as { event_type: string; client_payload: unknown }
    const message = readMessage(client_payload)
    if ('kind' in message) throw new Error(message.kind)
    const verdict = authenticate(message, { keys: [keyOf(KEY_TEXT)], sha1: false, now: new Date() })
    if (verdict.kind !== 'ok') throw new Error(verdict.kind)
    const version = createHash('sha256').update(FILE).digest('hex')
    expect(
      judgeRequest(verdict.request, { repository: '123456', ref: 'refs/heads/main', path: PATH, version }).kind,
    ).toBe('ok')
    expect([event_type, verdict.request.reason]).toEqual(['sealward-rotate', 'secret scanning alert 42'])
  })
})
