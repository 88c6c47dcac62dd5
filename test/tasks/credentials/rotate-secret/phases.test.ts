import { beforeAll, describe, expect, it } from 'vitest'
import { credentialScene, type SceneKind, type SceneOptions } from '../../../support/credential-scene.ts'
import { type Member, newMember } from '../../../support/sealing.ts'

let member: Member
beforeAll(async () => {
  member = await newMember()
})

const scene = (kind: SceneKind, options: Omit<SceneOptions, 'member'> = {}) =>
  credentialScene(kind, { member, ...options })

describe('a rotation that nothing disturbs', () => {
  it.each(['dual', 'alternating', 'issue'] as const)(
    '%s: both work until the grace is over, then the old one ends',
    async (kind) => {
      const at = await scene(kind)
      const before = await at.committed()
      expect((await at.run())!.outcome).toMatchObject({
        kind: 'waiting',
        for: 'grace',
        until: new Date('2026-03-05T05:00:00Z'),
      })
      const after = await at.committed()
      expect(after.password).not.toBe(before.password)
      expect(at.database.accepts(before)).toBe(true)
      expect(at.database.accepts(after)).toBe(true)
      expect(await at.record()).toMatchObject({ phase: 'grace', previous: { user: before.user } })
      at.later(23)
      expect((await at.run())!.outcome).toMatchObject({ kind: 'waiting', for: 'grace' })
      at.later(2)
      expect((await at.run())!.outcome).toEqual({ kind: 'rotated' })
      expect(at.database.accepts(before)).toBe(false)
      expect(at.database.accepts(after)).toBe(true)
      expect(await at.record()).toMatchObject({ phase: 'revoked', pending: null, previous: null })
      expect((await at.values()).OTHER).toBe('stays')
      const known = [...at.database.users].flatMap(([name, passwords]) => (name === after.user ? passwords : []))
      const admin = kind === 'issue' ? [] : ['admin-password']
      for (const password of [before.password, ...known, ...admin]) expect(at.hidden.has(password)).toBe(true)
    },
  )

  it('asks for two merges where requests are merged: of the new login, and of the end of the old one', async () => {
    const at = await scene('dual', { byRequest: true })
    expect(await at.run()).toMatchObject({
      outcome: { kind: 'waiting', for: 'merge' },
      request: 'https://example.org/pull/1',
    })
    expect(await at.record()).toMatchObject({ phase: 'promoted', graceUntil: new Date('2026-03-05T05:00:00Z') })
    at.later(12)
    at.remote.merge()
    expect(await at.run()).toMatchObject({ outcome: { kind: 'waiting', for: 'grace' }, request: null })
    expect(await at.record()).toMatchObject({ phase: 'grace', graceUntil: new Date('2026-03-05T17:00:00Z') })
    at.later(25)
    expect(await at.run()).toMatchObject({ outcome: { kind: 'rotated' }, request: 'https://example.org/pull/1' })
    expect(at.remote.asked.length).toBe(2)
  })

  it('begins no grace before the promotion, whatever the commit that merged it says of when it was made', async () => {
    const at = await scene('dual', { byRequest: true })
    await at.run()
    at.later(-1000)
    at.remote.merge()
    at.later(1001)
    expect((await at.run())!.outcome).toMatchObject({ kind: 'waiting', for: 'grace' })
    expect(at.database.accepts(at.first)).toBe(true)
  })
})
