import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRevocationLists } from '../../../src/adapters/tls/revocation-lists.ts'

describe('fetching a revocation list', () => {
  let server: Server
  let base: string
  const lists = openRevocationLists({})

  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/list') response.end('a list')
      else if (request.url === '/away') response.writeHead(302, { location: '/list' }).end()
      else if (request.url === '/huge') response.end(Buffer.alloc(11 * 1024 * 1024))
      else response.writeHead(404).end('no')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => server.close())

  it('gives the bytes that are there', async () => {
    expect(Buffer.from((await lists.fetch(`${base}/list`))!).toString()).toBe('a list')
  })

  it.each(['/away', '/huge', '/nothing'])('gives nothing for %s', async (path) => {
    expect(await lists.fetch(`${base}${path}`)).toBeNull()
  })

  it.each(['ftp://127.0.0.1/x', 'file:///etc/passwd', 'no address', 'http://nobody.invalid/x'])(
    'gives nothing for %s',
    async (at) => {
      expect(await lists.fetch(at)).toBeNull()
    },
  )
})
