import { beforeAll, describe, expect, it } from 'vitest'
import { SealwardError } from '../../../../src/core/errors.ts'
import { backup, EVERY, killedAfterCommit, OVERLAP, works } from '../../../support/credential-events.ts'
import {
  credentialScene,
  type SceneKind,
  type SceneOptions,
  type SceneSystem,
} from '../../../support/credential-scene.ts'
import { type Member, newMember } from '../../../support/sealing.ts'

let member: Member
beforeAll(async () => {
  member = await newMember()
})

const scene = (kind: SceneKind, options: Omit<SceneOptions, 'member'> = {}) =>
  credentialScene(kind, { member, ...options })

describe('a system that is not as it was', () => {
  it('begins nothing where it is not reached, refuses the login, the admin or the change, or checks no passwords', async () => {
    const at = await scene('dual')
    at.database.isDown = true
    expect((await at.run())!.outcome).toMatchObject({ kind: 'failed', code: 'unavailable' })
    at.database.isDown = false
    at.database.objections.push('the account is on a replica')
    expect((await at.run())!.outcome).toMatchObject({ kind: 'failed', code: 'unsupported' })
    at.database.objections.pop()
    at.database.users.set('root', ['other'])
    expect((await at.run())!.outcome).toMatchObject({ kind: 'failed', code: 'permission' })
    at.database.users.set('root', ['admin-password'])
    const accepts = at.database.accepts
    Object.assign(at.database, { accepts: () => true })
    expect((await at.run())!.outcome).toMatchObject({ kind: 'failed', code: 'unsupported' })
    Object.assign(at.database, { accepts })
    at.database.users.set('app', ['other'])
    expect((await at.run())!.outcome).toMatchObject({ kind: 'drift' })
    expect(at.remote.messages).toEqual([])
  })

  it.each(OVERLAP)('%s: restored from a backup in the grace: gets what the file has again', async (kind) => {
    const at = await scene(kind)
    const restore = backup(at)
    await at.run()
    restore()
    expect(await works(at)).toBe(false)
    expect((await at.run())!.outcome).toMatchObject({ kind: 'waiting', for: 'grace' })
    expect(await works(at)).toBe(true)
    expect(at.said.join()).toContain('does not know the login of the file any more')
    at.later(25)
    expect((await at.run())!.outcome.kind).toBe('rotated')
    expect(at.database.accepts(at.first)).toBe(false)
  })

  it('is counted as a failure while it is not reached, and a run that finds it well ends the row', async () => {
    const at = await scene('dual')
    await at.run()
    at.database.isDown = true
    expect((await at.run())!.outcome).toMatchObject({ kind: 'failed', code: 'unavailable' })
    expect(await at.record()).toMatchObject({ phase: 'grace', failures: 1, lastFailure: 'unavailable' })
    at.database.isDown = false
    expect((await at.run())!.outcome).toMatchObject({ kind: 'waiting', for: 'grace' })
    expect(await at.record()).toMatchObject({ failures: 0, lastFailure: null })
  })

  it.each(EVERY)('%s: whose answer was lost is asked whether it was done, in the same run', async (kind) => {
    const at = await scene(kind)
    const { system } = at.database
    let calls = 0
    const carryOut: typeof system.carryOut = async (change, admin) => {
      await system.carryOut(change, admin)
      calls += 1
      if (calls === 1) throw new SealwardError('unavailable', 'the connection was lost')
      return null
    }
    at.database.system = { ...system, carryOut }
    expect(['waiting', 'rotated']).toContain((await at.run())!.outcome.kind)
    expect(await works(at)).toBe(true)
    expect((await at.committed()).password).not.toBe('first')
  })

  it.each(EVERY)('%s: with neither login working waits for a person, whose force sets it right', async (kind) => {
    const at = await scene(kind)
    await killedAfterCommit(at, 1)
    const user = kind === 'alternating' ? 'app_a' : 'app'
    at.database.users.set(user, ['somebody else'])
    expect((await at.run())!.outcome).toMatchObject({ kind: 'drift' })
    expect(await at.record()).toMatchObject({ failures: 1, lastFailure: 'drift' })
    expect(['waiting', 'rotated']).toContain((await at.run({ force: true }))!.outcome.kind)
    expect(await works(at)).toBe(true)
  })
})

describe('a system that cannot be asked', () => {
  const blind = (pushed: string[]): SceneSystem => ({
    entry: 'password: API_KEY, driver: github-secret, options: { secret: "github:acme/app:API_KEY" }',
    values: { API_KEY: 'first' },
    first: { user: '', password: 'first' },
    systems: {
      open: async () => ({
        probe: async () => ({ kind: 'unknown', why: 'GitHub does not say what a secret holds' }),
        preflight: async () => [],
        carryOut: async (change) => {
          if (change.kind === 'replace') pushed.push(change.fresh.reveal())
          return null
        },
      }),
    },
  })

  it('has in the end what the file has, wherever a run was killed', async () => {
    const calls = 40
    for (let at = 0; at < calls; at += 3) {
      const pushed: string[] = []
      const one = await scene('single', { system: blind(pushed) })
      await one.run({}, { at, fate: 'kill-after' })
      if ((await one.record())?.phase !== 'revoked') expect((await one.run())!.outcome.kind).toBe('rotated')
      expect((await one.committed()).password).toBe(pushed.at(-1))
    }
  })

  it('has the old value again when that is asked for', async () => {
    const pushed: string[] = []
    const at = await scene('single', { system: blind(pushed) })
    await killedAfterCommit(at, 3)
    expect((await at.run({ rollback: true }))!.outcome).toMatchObject({ kind: 'rolled-back', asked: true })
    expect([pushed.at(-1), (await at.committed()).password]).toEqual(['first', 'first'])
  })
})
