import { beforeAll, describe, expect, it } from 'vitest'
import { type CredentialScene, credentialScene, type SceneKind } from '../../../support/credential-scene.ts'
import { type Member, newMember } from '../../../support/sealing.ts'

const KINDS: readonly SceneKind[] = ['single', 'dual', 'alternating', 'issue']
/** After every call of a port in CI; a few elsewhere. */
const FULL = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'
const INTERRUPTED = { kind: 'failed', code: 'interrupted' }

let member: Member
beforeAll(async () => {
  member = await newMember()
})

/** One run; somebody asks it to stop after so many calls of its ports. @returns what became of it, and what the system knew then */
async function runStoppedAfter(calls: number, scene: CredentialScene) {
  let made = 0
  let known = new Map(scene.database.users)
  scene.stop.asked = calls === 0
  scene.watchEvery(async () => {
    made += 1
    if (made !== calls) return
    scene.stop.asked = true
    known = new Map(scene.database.users)
  })
  const rotated = await scene.run()
  scene.stop.asked = false
  scene.watchEvery(async () => {})
  return { ...rotated!, known }
}

describe('a run that somebody stops', () => {
  it('begins nothing', async () => {
    const scene = await credentialScene('single', { member })
    expect((await runStoppedAfter(0, scene)).outcome).toMatchObject(INTERRUPTED)
    expect(scene.calls).toBe(0)
    expect(await scene.record()).toBeNull()
  })

  it.each(KINDS)('%s: changes the system no more, and the next one goes on as if nothing had been', async (kind) => {
    const whole = await credentialScene(kind, { member })
    await whole.run()
    const kinds = new Set<string>()
    for (let at = 1; at < whole.calls; at += FULL ? 1 : 4) {
      const scene = await credentialScene(kind, { member })
      const { outcome, known } = await runStoppedAfter(at, scene)
      kinds.add(outcome.kind)
      if (outcome.kind === 'failed') expect(outcome).toMatchObject(INTERRUPTED)
      expect(scene.database.users, `call ${at}`).toEqual(known)
      expect(scene.database.accepts(await scene.committed()), `call ${at}`).toBe(true)
      expect((await scene.record())?.failures ?? 0, `call ${at}`).toBe(0)
      await scene.run()
      expect(scene.database.accepts(await scene.committed()), `call ${at}`).toBe(true)
    }
    expect(kinds).toContain('failed')
  })

  it.each(KINDS)('%s: goes on with a rollback that it began, and the login of the file works', async (kind) => {
    const failing = async () => {
      const scene = await credentialScene(kind, { member, entry: 'verify: [{ http: "https://example.org/health" }]' })
      scene.verdicts.push({ kind: 'failed', why: 'it answered 500' })
      return scene
    }
    const whole = await failing()
    expect((await whole.run())!.outcome.kind).toBe('rolled-back')
    const kinds = new Set<string>()
    for (let at = 1; at < whole.calls; at += FULL ? 1 : 4) {
      const scene = await failing()
      const { outcome } = await runStoppedAfter(at, scene)
      kinds.add(outcome.kind)
      if (outcome.kind === 'failed') expect(outcome).toMatchObject(INTERRUPTED)
      expect(scene.database.accepts(await scene.committed()), `call ${at}`).toBe(true)
      expect((await scene.record())?.phase, `call ${at}`).not.toBe('rollback-failed')
      await scene.run({ retry: true })
      expect(scene.database.accepts(await scene.committed()), `call ${at}`).toBe(true)
    }
    expect(kinds).toContain('rolled-back')
  })
})
