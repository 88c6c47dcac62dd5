import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'

/** The SDK reads the environment when it is loaded, so each of these is a process of its own. */
const PROGRAM = `
import { openClient } from './src/adapters/github/client/client.ts'
import { openIssues } from './src/adapters/github/issues.ts'
const client = openClient({ token: 'the-token', apiUrl: process.env.GITHUB_API_URL, version: '1', env: {}, pace: { tries: 1 } })
await openIssues(client, 'acme/app').list('sealward').catch(({ code, message }) => console.log(code + ': ' + message))
`

describe('the environment of a client', () => {
  it('has the proxy, which sees the host and never the token', async () => {
    const seen: IncomingMessage[] = []
    const proxy = createServer().on('connect', (request: IncomingMessage, socket) => {
      seen.push(request)
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    const { port } = proxy.address() as AddressInfo
    const said = await run({
      GITHUB_API_URL: 'https://api.github.invalid',
      HTTPS_PROXY: `http://me:pass@127.0.0.1:${port}`,
    })
    proxy.close()
    expect(seen[0]?.url).toBe('api.github.invalid:443')
    expect(JSON.stringify(seen.map(({ headers }) => headers))).not.toContain('the-token')
    expect(said).toMatch(/^unavailable: api\.github\.invalid cannot be reached \([\w ]+\)\n$/)
  })

  it('may have an event that cannot be read, of which nothing is said', async () => {
    const event = join(mkdtempSync(join(tmpdir(), 'sealward-')), 'event.json')
    writeFileSync(event, 'a-secret-of-the-event')
    const said = await run({ GITHUB_API_URL: 'https://api.github.invalid', GITHUB_EVENT_PATH: event })
    expect(said).toBe("io: GitHub's SDK cannot be loaded\n")
  })
})

/** @returns all that was said */
async function run(env: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = await Promise.all([text(child.stdout), text(child.stderr)])
  return said.join('')
}
