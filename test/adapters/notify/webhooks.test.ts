import { describe, expect, it } from 'vitest'
import { openWebhooks } from '../../../src/adapters/notify/webhooks.ts'
import { openReceiver } from '../../fakes/receiver.ts'
import { refusal } from '../../support/sealing.ts'

const webhooks = openWebhooks({ env: {}, pauseMs: 1, timeoutMs: 2000 })
const MESSAGE = { headers: { 'webhook-id': 'msg_1' }, body: '{"text":"d\u00fc"}' }

describe('a webhook', () => {
  it('is one POST of JSON with its length', async () => {
    const { url, received } = await openReceiver()
    expect(await webhooks.post(`${url}/a?b=c`, MESSAGE)).toBe(204)
    expect(received).toMatchObject([
      {
        ...{ method: 'POST', url: '/a?b=c', body: MESSAGE.body },
        headers: { 'content-type': 'application/json', 'content-length': '14', 'webhook-id': 'msg_1' },
      },
    ])
  })

  it.each([
    ['a server that breaks', [500, 204], 204, 2],
    ['too many requests', [429, 200], 200, 2],
    ['a broken connection', [0, 204], 204, 2],
    ['a server that stays broken', [503], 503, 2],
    ['a refusal', [404], 404, 1],
    ['a key that is wrong', [401], 401, 1],
  ])('is tried again where that may help, and once: %s', async (_, statuses, last, tries) => {
    const { url, received } = await openReceiver({ statuses })
    expect(await webhooks.post(url, MESSAGE)).toBe(last)
    expect(received).toHaveLength(tries)
    expect(new Set(received.map(({ body }) => body)).size).toBe(1)
  })

  it('follows no redirect', async () => {
    const other = await openReceiver()
    const { url } = await openReceiver({ statuses: [307], headers: { location: other.url } })
    expect(await webhooks.post(url, MESSAGE)).toBe(307)
    expect(other.received).toEqual([])
  })

  it('goes to this very machine without a proxy, which would read what goes over http', async () => {
    const [receiver, proxy] = [await openReceiver(), await openReceiver()]
    const proxied = openWebhooks({ env: { HTTP_PROXY: proxy.url }, pauseMs: 1, timeoutMs: 2000 })
    expect(await proxied.post(receiver.url, MESSAGE)).toBe(204)
    expect([receiver.received.length, proxy.received.length]).toEqual([1, 0])
  })

  it('ends where an answer is too long', async () => {
    const { url } = await openReceiver({ statuses: [200], body: 'x'.repeat(100_000) })
    expect(await refusal(() => webhooks.post(url, MESSAGE))).toMatchObject({ code: 'limit' })
  })

  it('ends where nobody answers', async () => {
    const { url } = await openReceiver({ statuses: [0] })
    expect(await refusal(() => webhooks.post(url, MESSAGE))).toMatchObject({ code: 'io' })
  })

  it.each(['http://example.com/x', 'http://127.example.com/x', 'ftp://example.com', 'nothing', 'file:///etc/passwd'])(
    'goes over https: not to %s',
    async (address) => {
      const error = await refusal(() => webhooks.post(address, MESSAGE))
      expect(error).toMatchObject({ code: 'usage' })
      expect(error.message).not.toContain(address)
    },
  )
})
