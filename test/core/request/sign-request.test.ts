import { describe, expect, it } from 'vitest'
import { authenticate } from '../../../src/core/request/authenticate.ts'
import { readRequest } from '../../../src/core/request/request.ts'
import { newRequestId, signRequest } from '../../../src/core/request/sign-request.ts'
import { codeOf } from '../../support/sealing.ts'
import { judge, KEY, keyOf, NOW, newKeyText, newPair, REQUEST, SECONDS } from './scene.ts'

const pair = newPair()
const [ED25519, PUBLIC] = [keyOf(pair.privateText), keyOf(pair.publicText)]
const NEXT = keyOf(newKeyText())
const schemesOf = (signatures: string) => signatures.split(' ').map((one) => one.slice(0, one.indexOf(',')))

describe('a request that is signed', () => {
  it.each([
    ['v1', [KEY], ['v1']],
    ['v1', [KEY, ED25519], ['v1', 'v1a']],
    ['hmac-sha512', [KEY, NEXT], ['hmac-sha512', 'hmac-sha512']],
    // A key of Ed25519 has a signature of its own kind, whatever those of HMAC have.
    ['hmac-sha512', [ED25519, KEY], ['v1a', 'hmac-sha512']],
  ] as const)('with the scheme %s is believed by whoever has any of its keys', (scheme, keys, schemes) => {
    const message = signRequest(REQUEST, { keys, scheme, now: NOW })
    expect(schemesOf(message.signatures)).toEqual(schemes)
    expect([message.id, message.timestamp]).toEqual([REQUEST.id, String(SECONDS)])
    for (const key of keys) expect(judge(message, { keys: [key] })).toBe('ok')
    const verdict = authenticate(message, { keys: [keys[0]], sha1: false, now: NOW })
    expect(verdict).toMatchObject({ kind: 'ok', request: REQUEST })
  })

  it('is not made with the half of a key that cannot sign', async () => {
    expect(await codeOf(() => signRequest(REQUEST, { keys: [PUBLIC], scheme: 'v1', now: NOW }))).toBe('usage')
  })

  it('has an id that no other has, and that is one', () => {
    const ids = Array.from({ length: 100 }, newRequestId)
    expect(new Set(ids).size).toBe(100)
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{8,64}$/)
  })
})

describe('what was signed', () => {
  it.each(['', '{', 'null', '[]', '"\ud800"', '{"v":1,"reason":"\ud800"}'])('is no request: %j', (payload) => {
    expect(readRequest(payload)).toBeNull()
  })
})
