import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openVerifier } from '../../../src/adapters/verifier/verifier.ts'

const server = createServer((request, response) => {
  const status = Number(request.url!.slice(1))
  response.writeHead(status, { location: '/200' }).end(request.headers.authorization ?? '')
})
let base = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())

const verifier = openVerifier({ PATH: process.env.PATH, SEALWARD_KEY: 'not for it' })
const run = (script: string) => verifier.verify({ kind: 'command', argv: [process.execPath, '-e', script] })

describe('a check by HTTP', () => {
  it.each([
    [200, 200, 'passed'],
    [500, 200, 'failed'],
    [302, 200, 'failed'],
    [302, 302, 'passed'],
  ] as const)('answered with %d where %d is asked: %s', async (answered, status, kind) => {
    expect((await verifier.verify({ kind: 'http', url: `${base}/${answered}`, status })).kind).toBe(kind)
  })

  it('says unknown where nobody answers, and where the address is none that may be asked', async () => {
    expect((await verifier.verify({ kind: 'http', url: 'http://127.0.0.1:1/', status: 200 })).kind).toBe('unknown')
    expect((await verifier.verify({ kind: 'http', url: 'http://example.org/', status: 200 })).kind).toBe('unknown')
  })
})

describe('a check by a program', () => {
  it.each([
    ['process.exit(0)', 'passed'],
    ['process.exit(3)', 'failed'],
    ['process.exit(126)', 'unknown'],
    ['process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1000)', 'unknown'],
    ['process.exit(process.env.SEALWARD_KEY === undefined ? 0 : 1)', 'passed'],
  ] as const)('%s: %s', async (script, kind) => {
    expect((await run(script)).kind).toBe(kind)
  })

  it('is not read by a shell, and may be missing', async () => {
    expect((await verifier.verify({ kind: 'command', argv: ['true; false'] })).kind).toBe('unknown')
    expect((await verifier.verify({ kind: 'command', argv: [] })).kind).toBe('unknown')
    expect(JSON.stringify(await run('console.log("secret"); console.error("secret"); process.exit(1)'))).not.toContain(
      'secret',
    )
  })
})
