import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWithin, parseBlock } from '../../../src/core/request/address.ts'
import { pauseAfter, takeToken } from '../../../src/core/request/limits.ts'
import { judgeAddress, judgeSender, senderIn } from '../../../src/core/request/sender.ts'
import {
  claim,
  isPaused,
  printState,
  type RequestState,
  readState,
  STATE_BYTES,
  withBad,
} from '../../../src/core/request/state.ts'
import { REQUEST } from './scene.ts'

const HOUR = 3_600_000
const NOW = 1_800_000_000_000
const limits = { perSource: { count: 5, perMs: HOUR }, perSecret: { count: 2, perMs: HOUR } }
const NOTHING = readState(null)
const wish = (id: string, more: object = {}) => ({ id, until: NOW + HOUR, secret: 'db', source: '7', ...more })
const claimed = (state: RequestState, ...wishes: ReturnType<typeof wish>[]) =>
  wishes.reduce((now, one) => claim(now, one, { limits, now: NOW }) as RequestState, state)

describe('a token bucket', () => {
  it('gives so many at once, and then one for each part of the time', () => {
    const rate = { count: 3, perMs: HOUR }
    let full: number | null = 0
    for (let taken = 0; taken < 3; taken += 1) full = takeToken(full!, rate, NOW)
    expect(takeToken(full!, rate, NOW)).toBe(null)
    expect(takeToken(full!, rate, NOW + HOUR / 3 - 1)).toBe(null)
    expect(takeToken(full!, rate, NOW + HOUR / 3)).not.toBe(null)
  })

  it('never gives more than twice its size in its time, whenever it is asked', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(HOUR), { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (times, count) => {
        let [full, given] = [0, 0]
        for (const time of times.sort((one, other) => one - other)) {
          const next = takeToken(full, { count, perMs: HOUR }, NOW + time)
          if (next === null) continue
          full = next
          given += 1
        }
        expect(given).toBeLessThanOrEqual(2 * count)
      }),
    )
  })

  it('is full again in its time, whatever was written in its place', () => {
    expect(takeToken(Number.MAX_SAFE_INTEGER, { count: 3, perMs: HOUR }, NOW)).toBe(null)
    expect(takeToken(NOW - 1, { count: 3, perMs: HOUR }, NOW)).toBe(NOW + HOUR / 3)
  })
})

describe('bad signatures', () => {
  it('are let pass at first, then cost more each time, and an hour at most', () => {
    expect([0, 3, 4, 5, 6, 9, 10, 1000].map((bad) => pauseAfter(bad) / 60_000)).toEqual([0, 0, 1, 2, 4, 32, 60, 60])
  })

  it('pause the account that sent them, and no other', () => {
    let state = NOTHING
    for (let bad = 0; bad < 4; bad += 1) state = withBad(state, '7', NOW)!
    expect([isPaused(state, '7', NOW), isPaused(state, '8', NOW), isPaused(state, null, NOW)]).toEqual([
      true,
      false,
      false,
    ])
    expect(isPaused(state, '7', NOW + 60_000)).toBe(false)
    expect(readState(printState(state, NOW))).toEqual(state)
    expect(readState(printState(state, NOW + 25 * HOUR)).sources.size).toBe(0)
  })

  it('are forgotten with a good one', () => {
    const state = claimed(withBad(NOTHING, '7', NOW)!, wish('msg_00000001'))
    expect(state.sources.get('7')!.bad).toBe(0)
  })

  it('of a sender that nobody vouches for are not remembered, and there is an end to those that are', () => {
    expect(withBad(NOTHING, null, NOW)).toBe(null)
    let state = NOTHING
    for (let source = 1; source <= 200; source += 1) state = withBad(state, String(source), NOW)!
    expect(withBad(state, '201', NOW)).toBe(null)
    expect(withBad(state, '7', NOW)).not.toBe(null)
    expect(printState(state, NOW).length).toBeLessThan(STATE_BYTES)
  })
})

describe('a claim', () => {
  it('is made once', () => {
    const state = claimed(NOTHING, wish('msg_00000001'))
    expect(claim(state, wish('msg_00000001'), { limits, now: NOW })).toBe('replayed')
    expect(claim(state, wish('msg_00000001', { secret: 'other', source: '8' }), { limits, now: NOW })).toBe('replayed')
    expect(claim(readState(printState(state, NOW)), wish('msg_00000001'), { limits, now: NOW })).toBe('replayed')
  })

  it.each(['constructor', '__proto__', 'prototype', 'hasOwnProperty'])('is made once under the id %s', (id) => {
    const state = readState(printState(claimed(NOTHING, wish(id)), NOW))
    expect(claim(state, wish(id), { limits, now: NOW })).toBe('replayed')
  })

  it('is limited by credential and by account', () => {
    const two = claimed(NOTHING, wish('msg_00000001'), wish('msg_00000002'))
    expect(claim(two, wish('msg_00000003'), { limits, now: NOW })).toBe('rate-limited')
    expect(claim(two, wish('msg_00000003'), { limits, now: NOW + HOUR / 2 })).not.toBe('rate-limited')
    const others = ['a', 'b', 'c'].map((secret) => wish(`msg_0000000${secret}`, { secret }))
    expect(claim(claimed(two, ...others), wish('msg_00000009', { secret: 'd' }), { limits, now: NOW })).toBe(
      'rate-limited',
    )
  })

  it('never pushes an id out that counts', () => {
    const ids = new Map(Array.from({ length: 1000 }, (_, at) => [`msg_${at + 10_000}`, NOW + HOUR] as const))
    expect(claim({ ...NOTHING, ids }, wish('msg_00000001'), { limits, now: NOW })).toBe('rate-limited')
    expect(claim({ ...NOTHING, ids }, wish('msg_00000001'), { limits, now: NOW + HOUR })).not.toBe('rate-limited')
  })

  it.each(['', '{}', '[]', '{"v":2,"ids":[],"secrets":[],"sources":[]}', '{"v":1,"ids":{},"secrets":[],"sources":[]}'])(
    'is not made where what is remembered is damaged: %s',
    (text) => expect(() => readState(Buffer.from(text))).toThrow('cannot be read'),
  )
})

describe('addresses', () => {
  it.each([
    ['192.0.2.1', '192.0.2.0/24', true],
    ['192.0.3.1', '192.0.2.0/24', false],
    ['192.0.2.129', '192.0.2.128/25', true],
    ['192.0.2.127', '192.0.2.128/25', false],
    ['192.0.2.1', '192.0.2.1', true],
    ['8.8.8.8', '0.0.0.0/0', true],
    ['::ffff:192.0.2.1', '192.0.2.0/24', true],
    ['2001:db8::1', '2001:db8::/32', true],
    ['2001:db9::1', '2001:db8::/32', false],
    ['192.0.2.1', '2001:db8::/32', false],
    // The longest block that there is.
    ['abcd:abcd:abcd:abcd:abcd:abcd:255.255.255.255', 'abcd:abcd:abcd:abcd:abcd:abcd:255.255.255.255/128', true],
    ['192.0.2.01', '192.0.2.0/24', false],
    ['192.0.2', '192.0.2.0/24', false],
    ['', '0.0.0.0/0', false],
  ])('%s within %s: %s', (address, block, expected) => {
    expect(isWithin(address, parseBlock(block)!)).toBe(expected)
  })

  it.each([
    '192.0.2.0/33',
    '192.0.2.0/',
    '192.0.2.0/024',
    '::/129',
    '1.2.3.4.5',
    ':::',
    '1::2::3',
    'example.com',
    '1:2:3:4:5:6:7:8:9',
    '::1/1/1',
    `::/${'0'.repeat(47)}`,
  ])('%s is no block', (text) => expect(parseBlock(text)).toBe(null))
})

describe('senders', () => {
  const open = { actors: null, apps: null, addresses: null }
  const person = senderIn({ sender: { id: 7, login: 'Octocat', type: 'User' } })
  const app = senderIn({ sender: { id: 9, login: 'incident-bot[bot]', type: 'Bot' } })

  it.each([
    ['anybody where no list is', person, open, null],
    ['nobody known where no list is', null, open, null],
    ['a login of another case', person, { ...open, actors: ['octocat'] }, null],
    ['the number of an account', person, { ...open, actors: ['7'] }, null],
    ['another login', person, { ...open, actors: ['hubot'] }, 'actor-not-allowed'],
    ['nobody known', null, { ...open, actors: ['octocat'] }, 'actor-not-allowed'],
    ['an app', app, { ...open, apps: ['incident-bot'] }, null],
    ['another app', app, { ...open, apps: ['other'] }, 'app-not-allowed'],
    ['a person where only apps are listed', person, { ...open, apps: ['incident-bot'] }, 'app-not-allowed'],
    ['a person where both are', person, { ...open, apps: ['incident-bot'], actors: ['octocat'] }, null],
    ['an app among the actors', app, { ...open, actors: ['incident-bot[bot]'] }, null],
  ] as const)('%s', (_, sender, allowed, expected) => {
    expect(judgeSender(sender, allowed)).toBe(expected)
  })

  it.each([{}, { sender: { id: '7', login: 'x' } }, { sender: { id: 7, login: 'a b' } }, { sender: { id: 7 } }, null])(
    'are not known from %j',
    (payload) => expect(senderIn(payload)).toBe(null),
  )

  it('say where they were asked from, or are refused where that is asked', () => {
    const addresses = [parseBlock('192.0.2.0/24')!]
    expect(judgeAddress({ ...REQUEST, address: '192.0.2.9' }, { ...open, addresses })).toBe(true)
    expect(judgeAddress(REQUEST, { ...open, addresses })).toBe(false)
    expect(judgeAddress(REQUEST, open)).toBe(true)
  })
})
