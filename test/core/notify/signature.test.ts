import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { webhookHeaders } from '../../../src/core/notify/signature.ts'

const AT = new Date(1614265330_999)
const MESSAGE = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: AT, body: '{"test": 2432232314}' }

const keyOf = (bytes: number) => `whsec_${randomBytes(bytes).toString('base64')}`

describe('the headers of a webhook', () => {
  it('are signed as the example of Standard Webhooks is', () => {
    expect(webhookHeaders(MESSAGE, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toEqual({
      'webhook-id': MESSAGE.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    })
  })

  it('have no signature without a key', () => {
    expect(Object.keys(webhookHeaders(MESSAGE, null))).toEqual(['webhook-id', 'webhook-timestamp'])
  })

  it.each([24, 32, 64])('take a key of %i bytes', (bytes) => {
    expect(webhookHeaders(MESSAGE, keyOf(bytes))['webhook-signature']).toMatch(/^v1,[\w+/]{43}=$/)
  })

  it.each([
    ['too short', keyOf(23)],
    ['too long', keyOf(65)],
    ['without its prefix', randomBytes(32).toString('base64')],
    ['that is no base64', `whsec_${'*'.repeat(44)}`],
    ['with more behind it', `${keyOf(32)} x`],
    ['that is empty', ''],
  ])('refuse a key %s, and do not quote it', (_, key) => {
    const refuse = () => webhookHeaders(MESSAGE, key)
    expect(refuse).toThrow('the key of a webhook is whsec_')
    if (key !== '') expect(refuse).not.toThrow(key)
  })
})
