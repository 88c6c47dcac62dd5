import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { messageIn, printDispatch, type RequestMessage } from '../../../src/core/request/message.ts'
import { printRequest, readRequest } from '../../../src/core/request/request.ts'
import type { RequestVerdict } from '../../../src/core/request/verdict.ts'
import { signMessage } from '../../../src/core/webhook/signature.ts'
import { HERE, judge, KEY, keyOf, NOW, newKeyText, newPair, REQUEST, SECONDS, signed } from './scene.ts'

type Row = readonly [what: string, verdict: RequestVerdict['kind'], judged: () => RequestVerdict['kind']]

const TEXT = printRequest(REQUEST)
const PAIR = newPair()
const OTHER = keyOf(newKeyText())
const good = signed({})
const at = (seconds: number) => judge(signed({}, { timestamp: String(SECONDS + seconds) }))
const body = (text: string) => judge(signed({}, { body: text }))
const altered = (change: Partial<RequestMessage>) => judge({ ...good, ...change })
const swapped = (from: string, to: string) => body(TEXT.replace(from, to))
const hmac = (hash: string, { id, timestamp, body: text } = good) =>
  createHmac(hash, (KEY as { secret: Uint8Array }).secret)
    .update(`${id}.${timestamp}.${text}`)
    .digest('base64')

const REFUSED: readonly Row[] = [
  ['signed 301 seconds ago', 'stale', () => at(-301)],
  ['signed a year ago', 'stale', () => at(-31_536_000)],
  ['signed 301 seconds from now', 'future', () => at(301)],
  ['whose end has come', 'expired', () => judge(signed({ notAfter: NOW }))],
  ['whose end came before it was signed', 'expired', () => judge(signed({ notAfter: new Date(0) }))],
  [
    'that counts for more than a day',
    'too-long-lived',
    () => judge(signed({ notAfter: new Date(NOW.getTime() + 86_400_001) })),
  ],
  ['for another repository', 'wrong-repository', () => judge(signed({ repository: '123457' }))],
  [
    'where the number of this one is not known',
    'wrong-repository',
    () => judge(good, { here: { ...HERE, repository: null } }),
  ],
  ['for another branch', 'wrong-ref', () => judge(signed({ ref: 'refs/heads/release' }))],
  ['for a branch that differs in letter case', 'wrong-ref', () => judge(signed({ ref: 'refs/heads/Main' }))],
  ['for a tag', 'malformed', () => judge(signed({ ref: 'refs/tags/v1' }))],
  ['for another file', 'wrong-secret', () => judge(signed({ path: 'staging/.env.encrypted' }))],
  ['for a file by another way', 'wrong-secret', () => judge(signed({ path: './production/.env.encrypted' }))],
  ['for a credential that is not there', 'wrong-secret', () => judge(good, { here: { ...HERE, path: null } })],
  ['for another version', 'wrong-version', () => judge(signed({ version: 'cd'.repeat(32) }))],
  ['for a file that is gone', 'wrong-version', () => judge(good, { here: { ...HERE, version: null } })],
  ['by another key', 'bad-signature', () => judge(signed({}, { key: OTHER }))],
  ['by the other key of a roll-over that is over', 'bad-signature', () => judge(good, { keys: [OTHER] })],
  ['with another body', 'bad-signature', () => altered({ body: TEXT.replace('orders-db', 'orders-dc') })],
  ['with a blank more in its body', 'bad-signature', () => altered({ body: `${TEXT} ` })],
  ['with another id', 'bad-signature', () => altered({ id: 'msg_9876543210' })],
  ['with another timestamp', 'bad-signature', () => altered({ timestamp: String(SECONDS + 1) })],
  ['with a signature that is too short', 'bad-signature', () => altered({ signatures: 'v1,AAAA' })],
  ['with an empty signature', 'malformed', () => altered({ signatures: 'v1,' })],
  [
    'with one bit of its signature flipped',
    'bad-signature',
    () =>
      altered({ signatures: good.signatures.replace(/,(.)/, (_, first: string) => `,${first === 'A' ? 'B' : 'A'}`) }),
  ],
  ['signed with SHA-512 and called v1', 'bad-signature', () => altered({ signatures: `v1,${hmac('sha512')}` })],
  ['with HMAC-SHA1 alone', 'weak-algorithm', () => altered({ signatures: `hmac-sha1,${hmac('sha1')}` })],
  [
    'with HMAC-SHA1 of another body where it counts',
    'bad-signature',
    () => judge({ ...good, body: 'x', signatures: `hmac-sha1,${hmac('sha1')}` }, { sha1: true }),
  ],
  ['with a scheme of tomorrow alone', 'unknown-key', () => altered({ signatures: 'v9,AAAA' })],
  ['with Ed25519 where there is no such key', 'unknown-key', () => judge(signed({}, { key: keyOf(PAIR.privateText) }))],
  ['with HMAC where there are public keys alone', 'unknown-key', () => judge(good, { keys: [keyOf(PAIR.publicText)] })],
  ['where there is no key at all', 'unknown-key', () => judge(good, { keys: [] })],
  [
    'by another pair',
    'bad-signature',
    () => judge(signed({}, { key: keyOf(newPair().privateText) }), { keys: [keyOf(PAIR.publicText)] }),
  ],
  [
    'with seventeen signatures',
    'malformed',
    () => altered({ signatures: new Array(17).fill(good.signatures).join(' ') }),
  ],
  ['with a signature without its scheme', 'malformed', () => altered({ signatures: good.signatures.slice(3) })],
  ['whose id is not that of its envelope', 'malformed', () => judge(signed({}, { id: 'msg_9876543210' }))],
  ['that is no JSON', 'malformed', () => body('rotate it')],
  ['that is empty JSON', 'malformed', () => body('{}')],
  ['with a blank in its JSON', 'malformed', () => body(TEXT.replace(',', ', '))],
  ['with more behind it', 'malformed', () => body(`${TEXT}\n`)],
  ['with a member twice', 'malformed', () => body(TEXT.replace('{', '{"ref":"refs/heads/x",'))],
  ['with a member that is not known', 'malformed', () => body(TEXT.replace('"v":1', '"v":1,"x":1'))],
  ['without its version', 'malformed', () => body(TEXT.replace(/,"version":"[^"]*"/, ''))],
  ['of another type', 'malformed', () => swapped('sealward.rotate', 'sealward.check')],
  ['of another version of this format', 'malformed', () => swapped('"v":1', '"v":2')],
  [
    'with a day that no calendar has',
    'malformed',
    () => body(TEXT.replace(/"notAfter":"[^"]*"/, '"notAfter":"2026-02-30T00:00:00.000Z"')),
  ],
  ['with a time in another zone', 'malformed', () => swapped('.000Z"', '.000+01:00"')],
  ['with a line end in the requester', 'malformed', () => judge(signed({ requester: 'a\nb' }))],
  ['with emergency: false, which is not written', 'malformed', () => swapped('"id":', '"emergency":false,"id":')],
]

describe('a request is refused', () => {
  it('in more cases than thirty', () => {
    expect(REFUSED.length).toBeGreaterThanOrEqual(30)
    expect(new Set(REFUSED.map(([what]) => what)).size).toBe(REFUSED.length)
  })

  it.each(REFUSED)('%s: %s', (_, verdict, judged) => {
    expect(judged()).toBe(verdict)
  })
})

const ACCEPTED: readonly (readonly [string, () => RequestVerdict['kind']])[] = [
  ['as it should be', () => judge(good)],
  ['at the edge of the past', () => at(-300)],
  ['at the edge of the future', () => at(300)],
  ['by the second of two keys', () => judge(good, { keys: [OTHER, KEY] })],
  [
    'with two signatures, the second of them ours',
    () => altered({ signatures: `${signed({}, { key: OTHER }).signatures} ${good.signatures}` }),
  ],
  ['with a signature of a scheme of tomorrow beside ours', () => altered({ signatures: `v9,AAAA ${good.signatures}` })],
  ['with HMAC-SHA512', () => altered({ signatures: signMessage(good, KEY, 'hmac-sha512') })],
  [
    'with HMAC-SHA1 where an old sender is let through',
    () => judge({ ...good, signatures: `hmac-sha1,${hmac('sha1')}` }, { sha1: true }),
  ],
  [
    'with Ed25519, checked by the public half',
    () => judge(signed({}, { key: keyOf(PAIR.privateText) }), { keys: [keyOf(PAIR.publicText)] }),
  ],
  [
    'in a hurry, with a reason and an address',
    () => judge(signed({ emergency: true, reason: 'leaked', address: '192.0.2.1' })),
  ],
  ['that counts for a day', () => judge(signed({ notAfter: new Date(NOW.getTime() + 86_400_000) }))],
]

describe('a request is accepted', () => {
  it.each(ACCEPTED)('%s', (_, judged) => {
    expect(judged()).toBe('ok')
  })

  it('with what was printed, and nothing lost', () => {
    const full = { ...REQUEST, emergency: true, reason: 'leaked: "x"', address: '2001:db8::1' }
    expect(readRequest(printRequest(full))).toEqual(full)
    expect(readRequest(TEXT)).toEqual(REQUEST)
  })
})

describe('the message of an event', () => {
  const carrier = JSON.parse(printDispatch('sealward-rotate', good)).client_payload as Record<string, string>

  it('is found in client_payload and in inputs', () => {
    expect(messageIn('repository_dispatch', { client_payload: carrier })).toEqual(good)
    expect(messageIn('workflow_dispatch', { inputs: { ...carrier, 'dry-run': 'true' } })).toEqual(good)
  })

  it('is none where somebody starts the workflow by hand, and in every other event', () => {
    expect(messageIn('workflow_dispatch', { inputs: null })).toBe(null)
    expect(messageIn('workflow_dispatch', { inputs: { payload: '' } })).toBe(null)
    expect(messageIn('schedule', { client_payload: carrier })).toBe(null)
    expect(messageIn('pull_request', { inputs: carrier })).toBe(null)
  })

  it.each([
    ['nothing in it', {}],
    ['a further member', { ...carrier, emergency: true }],
    ['a member too few', { ...carrier, payload: undefined }],
    ['a payload that is no text', { ...carrier, payload: REQUEST }],
    ['an id with a dot', { ...carrier, 'webhook-id': 'msg_01234.5678' }],
    ['an id that is short', { ...carrier, 'webhook-id': 'msg_1' }],
    ['a timestamp that is no number', { ...carrier, 'webhook-timestamp': '1e9' }],
    ['a timestamp in milliseconds', { ...carrier, 'webhook-timestamp': String(NOW.getTime()) }],
  ])('is malformed in a repository_dispatch with %s', (_, client_payload) => {
    expect(messageIn('repository_dispatch', { client_payload })).toEqual({ kind: 'malformed' })
  })

  it.each([
    ['payload', { ...carrier, payload: 'x'.repeat(8193) }],
    ['signature', { ...carrier, 'webhook-signature': `v1,${'A'.repeat(2048)}` }],
  ])('is too large with a long %s', (_, client_payload) => {
    expect(messageIn('repository_dispatch', { client_payload })).toEqual({ kind: 'too-large' })
  })

  it.each([null, undefined, [], 'x', 1])('never throws: %j', (payload) => {
    expect(messageIn('repository_dispatch', { client_payload: payload })).toEqual({ kind: 'malformed' })
    expect(messageIn('workflow_dispatch', payload)).toBe(null)
  })
})
