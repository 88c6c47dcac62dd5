import { beforeAll, describe, expect, it } from 'vitest'
import { EVERY, killedAfterCommit, OVERLAP, works } from '../../../support/credential-events.ts'
import { credentialScene, FILE, type SceneKind, type SceneOptions } from '../../../support/credential-scene.ts'
import { documentOf } from '../../../support/documents.ts'
import { type Member, newMember, seal } from '../../../support/sealing.ts'

let member: Member
beforeAll(async () => {
  member = await newMember()
})

const scene = (kind: SceneKind, options: Omit<SceneOptions, 'member'> = {}) =>
  credentialScene(kind, { member, ...options })

describe('a person', () => {
  it.each(EVERY)('%s: asks for the old one back, in any phase', async (kind) => {
    for (let commits = 1; commits <= (kind === 'single' ? 3 : 4); commits += 1) {
      const at = await scene(kind)
      await killedAfterCommit(at, commits)
      expect((await at.run({ rollback: true }))!.outcome, `after ${commits}`).toMatchObject({
        kind: 'rolled-back',
        asked: true,
      })
      expect(await at.committed()).toEqual(at.first)
      expect(await works(at)).toBe(true)
      expect(await at.record()).toMatchObject({ phase: 'rolled-back', pending: null, previous: null, failures: 0 })
      expect((await at.run({ rollback: true }))!.outcome.kind).toBe('nothing')
    }
  })

  it.each(OVERLAP)('%s: in an emergency has the old one end at once, also in the middle of its grace', async (kind) => {
    const at = await scene(kind)
    expect((await at.run({ emergency: true }))!.outcome.kind).toBe('rotated')
    expect(at.database.accepts(at.first)).toBe(false)
    expect(at.said.join()).toContain('ends at once')
    const other = await scene(kind)
    await other.run()
    expect((await other.run({ emergency: true }))!.outcome.kind).toBe('rotated')
    expect(other.database.accepts(other.first)).toBe(false)
  })

  it('who did not merge what an emergency committed is waited for before the next rotation', async () => {
    const at = await scene('alternating', { byRequest: true })
    expect((await at.run({ emergency: true }))!).toMatchObject({
      outcome: { kind: 'rotated' },
      request: 'https://example.org/pull/1',
    })
    const commits = at.remote.messages.length
    expect((await at.run())!.outcome).toMatchObject({ kind: 'waiting', for: 'merge' })
    expect(at.remote.messages.length).toBe(commits)
  })

  it('who began in an emergency need not say so again', async () => {
    const at = await scene('dual')
    for (let call = 0; at.remote.messages.length === 0; call += 1)
      await at.run({ emergency: true }, { at: call, fate: 'kill-after' })
    expect((await at.run())!.outcome.kind).toBe('rotated')
  })

  it.each(OVERLAP)('%s: reverts the promotion: the new login is given up, and the old one never ends', async (kind) => {
    const at = await scene(kind)
    const before = at.remote.files.get(FILE)!
    await at.run()
    at.remote.files.set(FILE, before)
    at.remote.merge()
    at.later(30)
    expect((await at.run())!.outcome).toMatchObject({ kind: 'rolled-back', asked: true })
    expect(await at.committed()).toEqual(at.first)
    expect(await works(at)).toBe(true)
  })

  it('changes the login of the file meanwhile: that one counts', async () => {
    const at = await scene('dual')
    await killedAfterCommit(at, 1)
    at.database.users.set('other', ['by-hand'])
    const values = { ...(await at.values()), DATABASE_URL: 'mysql://other:by-hand@db.example/orders' }
    at.remote.files.set(FILE, await seal(documentOf(values), [member]))
    at.remote.merge()
    expect((await at.run())!.outcome.kind).toBe('rolled-back')
    expect(await at.committed()).toEqual({ user: 'other', password: 'by-hand' })
  })

  it('points the file at another server meanwhile: nothing is told to that one', async () => {
    const at = await scene('dual')
    await killedAfterCommit(at, 1)
    const values = { ...(await at.values()), DATABASE_URL: 'mysql://app:first@elsewhere.example:3306/orders' }
    at.remote.files.set(FILE, await seal(documentOf(values), [member]))
    at.remote.merge()
    expect((await at.run())!.outcome).toMatchObject({ kind: 'failed', code: 'unsupported' })
    expect(at.database.users.get('app')).toEqual(['first'])
  })

  it('pushes to the same file meanwhile: nothing of it is lost', async () => {
    const at = await scene('dual')
    const values = { ...(await at.values()), OTHER: 'changed' }
    at.remote.pushBefore(FILE, await seal(documentOf(values), [member]))
    expect((await at.run())!.outcome.kind).toBe('waiting')
    expect(await works(at)).toBe(true)
    expect((await at.values()).OTHER).toBe('changed')
  })
})

describe('sealward.yml', () => {
  it('may change the strategy between two rotations, and not during one', async () => {
    const at = await scene('dual')
    await at.run()
    expect(await at.record()).toMatchObject({ strategy: 'dual', phase: 'grace' })
    at.rule({ strategy: 'single', graceHours: null })
    at.later(25)
    expect((await at.run())!.outcome.kind).toBe('rotated')
    expect(at.database.accepts(at.first)).toBe(false)
    expect((await at.run())!.outcome.kind).toBe('rotated')
    expect(await at.record()).toMatchObject({ strategy: 'single', phase: 'revoked' })
  })

  it('is held against the file before a system is told anything', async () => {
    const at = await scene('single')
    const plain = await seal(documentOf(await at.values()), [member], {
      rule: { kind: 'encrypted_regex', pattern: '^PG' },
    })
    at.remote.files.set(FILE, plain)
    at.remote.merge()
    expect((await at.run())!.outcome).toMatchObject({ kind: 'failed', code: 'policy-invalid' })
    expect(at.database.users.get('app')).toEqual(['first'])
    expect(at.remote.messages).toEqual([])
  })

  it('and its breaker keep nobody from asking for the old login back', async () => {
    const at = await scene('dual', { entry: 'verify: [{ http: "https://example.org/" }]' })
    for (let run = 0; run < 3; run += 1) {
      at.verdicts.push({ kind: 'unknown', why: 'no answer' })
      await at.run()
    }
    expect((await at.run())!.outcome.kind).toBe('breaker')
    expect((await at.run({ rollback: true }))!.outcome.kind).toBe('rolled-back')
    expect(await works(at)).toBe(true)
  })
})
