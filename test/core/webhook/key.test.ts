import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readWebhookKey } from '../../../src/core/webhook/key.ts'
import { isSignedBy, readSignatures, signMessage } from '../../../src/core/webhook/signature.ts'
import { newKeyText, newPair } from '../request/scene.ts'

const MESSAGE = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: '1614265330', body: '{"test": 2432232314}' }
const PAIR = newPair()

describe('a key of a webhook', () => {
  it('makes the signature of the example of Standard Webhooks', () => {
    const key = readWebhookKey('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')!
    expect(signMessage(MESSAGE, key)).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  })

  it('of Ed25519 signs with the private half, and the public half knows it', () => {
    const [signature] = readSignatures(signMessage(MESSAGE, readWebhookKey(PAIR.privateText)!))!
    const known = readWebhookKey(PAIR.publicText)!
    expect(isSignedBy(MESSAGE, signature!, known)).toBe(true)
    expect(isSignedBy({ ...MESSAGE, body: '' }, signature!, known)).toBe(false)
    expect(() => signMessage(MESSAGE, known)).toThrow('public half')
  })

  it('of Ed25519 has one kind of signature, and no HMAC', () => {
    const key = readWebhookKey(PAIR.privateText)!
    expect(signMessage(MESSAGE, key)).toMatch(/^v1a,/)
    expect(() => signMessage(MESSAGE, key, 'hmac-sha512')).toThrow(expect.objectContaining({ code: 'usage' }))
  })

  it('whose halves do not belong together is none: what it signs would give it away', () => {
    const [one, other] = [newPair(), newPair()].map(({ privateText }) => Buffer.from(privateText.slice(5), 'base64'))
    const mixed = Buffer.concat([one!.subarray(0, 32), other!.subarray(32)])
    expect(readWebhookKey(`whsk_${mixed.toString('base64')}`)).toBe(null)
  })

  it.each([
    ['short', newKeyText(23)],
    ['long', newKeyText(65)],
    ['half a pair', `whsk_${randomBytes(32).toString('base64')}`],
    ['a public half that is short', `whpk_${randomBytes(31).toString('base64')}`],
    ['of another kind', `whxx_${randomBytes(32).toString('base64')}`],
    ['in base64url', `whsec_${'-_'.repeat(22)}`],
    ['empty', ''],
  ])('that is %s is none', (_, text) => expect(readWebhookKey(text)).toBe(null))
})
