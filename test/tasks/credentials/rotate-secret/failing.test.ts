import { beforeAll, describe, expect, it } from 'vitest'
import type { Verdict } from '../../../../src/tasks/world/verifier.ts'
import { backup, EVERY, OVERLAP, works } from '../../../support/credential-events.ts'
import { credentialScene, type SceneKind, type SceneOptions } from '../../../support/credential-scene.ts'
import { type Member, newMember } from '../../../support/sealing.ts'

let member: Member
beforeAll(async () => {
  member = await newMember()
})

const scene = (kind: SceneKind, options: Omit<SceneOptions, 'member'> = {}) =>
  credentialScene(kind, { member, ...options })

describe('a new login that fails', () => {
  it.each(EVERY)('%s: its test, before the file has it: the old one stays, and the run says so', async (kind) => {
    const at = await scene(kind, { entry: 'verify: [{ sql: "select 1 from orders" }]' })
    at.database.failing.add('select 1 from orders')
    const rotated = (await at.run())!
    expect(rotated.outcome).toMatchObject({ kind: 'rolled-back', asked: false })
    expect(await at.committed()).toEqual(at.first)
    expect(await works(at)).toBe(true)
    expect(await at.record()).toMatchObject({ phase: 'rolled-back', pending: null, previous: null, failures: 1 })
    if (kind === 'dual') expect(at.database.users.get('app')).toEqual(['first'])
  })

  it.each(EVERY)('%s: a check, after the file has it: the file gets the old one back', async (kind) => {
    const at = await scene(kind, { entry: 'verify: [{ http: "https://example.org/" }]' })
    at.verdicts.push({ kind: 'failed', why: 'status 500' })
    expect((await at.run())!.outcome).toMatchObject({ kind: 'rolled-back', asked: false })
    expect(await at.committed()).toEqual(at.first)
    expect(await works(at)).toBe(true)
    expect(at.said.join()).toContain('status 500')
  })

  it.each(OVERLAP)('%s: a check right before the old one would end', async (kind) => {
    const at = await scene(kind, { entry: 'verify: [{ http: "https://example.org/" }]' })
    at.verdicts.push({ kind: 'passed' }, { kind: 'failed', why: 'status 500' })
    await at.run()
    at.later(25)
    expect((await at.run())!.outcome.kind).toBe('rolled-back')
    expect(await at.committed()).toEqual(at.first)
    expect(await works(at)).toBe(true)
  })

  it.each(OVERLAP)(
    '%s: when somebody ended the old one already, that one works again before it is in the file',
    async (kind) => {
      const at = await scene(kind, { entry: 'verify: [{ http: "https://example.org/" }]' })
      await at.run()
      const { user, password } = await at.committed()
      at.database.users.set(at.first.user, kind === 'dual' ? [password] : ['somebody else'])
      expect(at.database.accepts({ user, password })).toBe(true)
      at.watchEvery(async () => expect(await works(at)).toBe(true))
      at.verdicts.push({ kind: 'failed', why: 'status 500' })
      expect((await at.run())!.outcome.kind).toBe('rolled-back')
      expect(await at.committed()).toEqual(at.first)
    },
  )

  it.each(OVERLAP)("%s: nothing is ended by a run that slept until its lock was anybody's", async (kind) => {
    const at = await scene(kind)
    await at.run()
    at.later(25)
    let slept = false
    at.watchEvery(async () => {
      if (!slept) at.later(2)
      slept = true
    })
    expect((await at.run())!.outcome).toMatchObject({ kind: 'failed', code: 'locked' })
    expect(at.database.accepts(at.first)).toBe(true)
    expect((await at.run())!.outcome.kind).toBe('rotated')
    expect(at.database.accepts(at.first)).toBe(false)
  })

  it('is rolled back only when the merge of that has arrived', async () => {
    const at = await scene('dual', { byRequest: true, entry: 'verify: [{ http: "https://example.org/" }]' })
    expect((await at.run())!).toMatchObject({
      outcome: { kind: 'waiting', for: 'merge' },
      request: 'https://example.org/pull/1',
    })
    at.remote.merge()
    at.verdicts.push({ kind: 'failed', why: 'status 500' })
    expect((await at.run())!.outcome).toMatchObject({ kind: 'waiting', for: 'merge' })
    expect(at.database.accepts(await at.committed('counting'))).toBe(true)
    expect(at.database.users.get('app')!.length).toBe(2)
    at.remote.merge()
    expect((await at.run())!.outcome.kind).toBe('rolled-back')
    expect(at.database.users.get('app')).toEqual(['first'])
  })

  it('opens the breaker after so many runs, and a person closes it', async () => {
    const at = await scene('dual', { entry: 'verify: [{ http: "https://example.org/" }]' })
    for (let run = 0; run < 3; run += 1) {
      at.verdicts.push({ kind: 'failed', why: 'status 500' })
      expect((await at.run())!.outcome.kind).toBe('rolled-back')
    }
    const before = at.remote.messages.length
    expect((await at.run())!.outcome).toMatchObject({ kind: 'breaker' })
    expect(at.remote.messages.length).toBe(before)
    expect((await at.run({ retry: true }))!.outcome).toMatchObject({ kind: 'waiting', for: 'grace' })
    expect(await at.record()).toMatchObject({ failures: 0 })
  })

  it('without an answer of its check stays in the file, and is counted', async () => {
    const at = await scene('dual', { entry: 'verify: [{ http: "https://example.org/" }]' })
    at.verdicts.push({ kind: 'unknown', why: 'no answer' })
    expect((await at.run())!.outcome).toMatchObject({ kind: 'failed', code: 'unavailable' })
    expect(await at.record()).toMatchObject({ phase: 'promoted', failures: 1, lastFailure: 'unavailable' })
    expect((await at.run())!.outcome).toMatchObject({ kind: 'waiting' })
    expect(await at.record()).toMatchObject({ phase: 'grace', failures: 0, lastFailure: null })
  })
})

describe('a new login that goes bad between its check and the end of the old one', () => {
  it.each(OVERLAP)('%s: the old one does not end', async (kind) => {
    const at = await scene(kind, { entry: 'verify: [{ http: "https://example.org/" }]' })
    const restore = backup(at)
    at.verdicts.push({ kind: 'passed' }, lateVerdict(restore))
    await at.run()
    at.later(25)
    expect((await at.run())!.outcome).toMatchObject({ kind: 'failed', code: 'unavailable' })
    expect(at.database.accepts(at.first)).toBe(true)
    expect(await at.record()).toMatchObject({ phase: 'grace', previous: { user: at.first.user } })
    expect((await at.run())!.outcome.kind).toBe('rotated')
    expect(await works(at)).toBe(true)
  })

  /** Passes, and something happens while it is asked. */
  function lateVerdict(happens: () => void): Verdict {
    return {
      get kind() {
        happens()
        return 'passed' as const
      },
    }
  }
})
