import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Change } from '../../../../src/core/credential/change.ts'
import {
  preflightRequest,
  readDone,
  readObjections,
  readProbe,
} from '../../../../src/core/credential/statements/command.ts'
import { Secret } from '../../../../src/core/secret.ts'
import { codeOf } from '../../../support/sealing.ts'

const drawn = () => new Secret(randomBytes(16).toString('hex'))
const [fresh, current] = [drawn(), drawn()]
const answer = (fields: Readonly<Record<string, unknown>>) => Buffer.from(JSON.stringify({ sealward: 1, ...fields }))

describe('what a program is asked before anything is changed', () => {
  it('names every change and no secret of one, and comes down to the admin where there is none', () => {
    const admin = { user: 'root', password: current }
    const changes: readonly Change[] = [{ kind: 'add', user: 'app', fresh, current }]
    expect(preflightRequest(changes, admin)).toEqual({
      ...{ op: 'preflight', user: 'app', admin: 'root', secrets: { admin: current } },
      more: { changes: [{ op: 'add', user: 'app' }] },
    })
    expect(preflightRequest([], admin)).toMatchObject({ user: '', more: { changes: [] } })
  })
})

describe('what a program answers', () => {
  it.each([
    [{ outcome: 'yes' }, { kind: 'yes' }],
    [{ outcome: 'no' }, { kind: 'no' }],
    [
      { outcome: 'failed', why: 'down' },
      { kind: 'failed', why: 'down' },
    ],
    [{ outcome: 'unknown' }, { kind: 'unknown', why: 'the command gave no reason' }],
    [
      { outcome: 'error', why: 'busy' },
      { kind: 'unknown', why: 'busy' },
    ],
  ])('to a probe, as %j', (fields, probe) => {
    expect(readProbe(answer(fields), [])).toEqual(probe)
  })

  it.each([
    [{ outcome: 'done' }, []],
    [{ outcome: 'done', against: ['no such user', 7] }, ['no such user', 'the command objected, and gave no reason']],
    [{ outcome: 'error', why: 'locked' }, ['locked']],
    [{ outcome: 'error' }, ['the command refused, and gave no reason']],
  ])('to a preflight, as %j', (fields, objections) => {
    expect(readObjections(answer(fields), [])).toEqual(objections)
  })

  it.each([
    [{ outcome: 'error' }, { kind: 'refused', code: 'unavailable', why: 'it gave no reason' }],
    [
      { outcome: 'error', code: 'permission', why: 'no' },
      { kind: 'refused', code: 'permission', why: 'no' },
    ],
    [
      { outcome: 'error', code: 'internal', why: 'no' },
      { kind: 'refused', code: 'unavailable', why: 'no' },
    ],
    [{ outcome: 'done' }, { kind: 'done', password: null }],
  ])('to a change, as %j', (fields, done) => {
    expect(readDone(answer(fields), 'replace', [])).toEqual(done)
  })

  it('to a request for a new value has that value', () => {
    const done = readDone(answer({ outcome: 'done', password: fresh.reveal() }), 'issue', [])
    expect(done.kind === 'done' && done.password?.reveal()).toBe(fresh.reveal())
  })

  it('is never shown with a secret in it: neither one it was given, nor one that it made', () => {
    const why = `${current.reveal()} and ${fresh.reveal()}`
    const refused = readDone(answer({ outcome: 'error', why, password: fresh.reveal() }), 'issue', [current])
    expect(refused).toMatchObject({ why: '*** and ***' })
    expect(readProbe(answer({ outcome: 'failed', why }), [current, fresh])).toMatchObject({ why: '*** and ***' })
    expect(readObjections(answer({ outcome: 'done', against: [why] }), [current, fresh])).toEqual(['*** and ***'])
  })

  it.each([
    ['a probe with another word', () => readProbe(answer({ outcome: 'done' }), [])],
    ['a preflight with another word', () => readObjections(answer({ outcome: 'yes' }), [])],
    ['objections that are no list', () => readObjections(answer({ outcome: 'done', against: 'x' }), [])],
    ['objections without end', () => readObjections(answer({ outcome: 'done', against: Array(21).fill('x') }), [])],
    ['a change with another word', () => readDone(answer({ outcome: 'yes' }), 'replace', [])],
    ['a new value that nobody asked for', () => readDone(answer({ outcome: 'done', password: 'x' }), 'replace', [])],
    ['no new value where one was asked for', () => readDone(answer({ outcome: 'done' }), 'issue', [])],
    [
      'a new value as long as a book',
      () => readDone(answer({ outcome: 'done', password: 'x'.repeat(16_385) }), 'issue', []),
    ],
    ['another version', () => readProbe(Buffer.from('{"sealward":2,"outcome":"yes"}'), [])],
    ['no JSON', () => readProbe(Buffer.from('yes'), [])],
  ])('is none: %s', async (_, read) => {
    expect(await codeOf(read)).toBe('unavailable')
  })
})
