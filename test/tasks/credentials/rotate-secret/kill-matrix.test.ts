import { beforeAll, describe, expect, it } from 'vitest'
import { FATES, type Fate } from '../../../fakes/credentials/mortal.ts'
import { type CredentialScene, credentialScene, type SceneKind } from '../../../support/credential-scene.ts'
import { type Member, newMember } from '../../../support/sealing.ts'

/** Every call of a port in CI; a few elsewhere. */
const FULL = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'
const KINDS: readonly SceneKind[] = ['single', 'dual', 'alternating', 'issue']
/** How many runs a rotation takes: with an overlap there is the merge, or the grace, to wait for. */
const LAPS: Readonly<Record<SceneKind, number>> = { single: 1, dual: 3, alternating: 3, issue: 3 }
const HTTP = '{ http: "https://example.org/health" }'
const entryOf = (kind: SceneKind) => `verify: [${kind === 'issue' ? '' : '{ sql: "select 1" }, '}${HTTP}]`

let member: Member
beforeAll(async () => {
  member = await newMember()
})

describe('a run that is killed, or fails, at any call of a port', () => {
  const rows = KINDS.flatMap((kind) => [false, true].map((byRequest) => ({ kind, byRequest }))).filter(
    ({ kind, byRequest }) => !(kind === 'single' && byRequest),
  )

  it.each(rows)(
    '$kind, by request: $byRequest: the file has a login that works after the next run',
    async ({ kind, byRequest }) => {
      const calls = await callsOf(kind, byRequest)
      expect(calls.length).toBe(LAPS[kind])
      for (const [lap, count] of calls.entries())
        for (let at = 0; at < count; at += FULL ? 1 : 13)
          for (const fate of fatesAt(at)) {
            const scene = await watched(kind, byRequest)
            for (let run = 0; run < lap; run += 1) await lapOf(scene)
            await scene.run({}, { at, fate })
            await expectHealed(scene, `${kind} lap ${lap} call ${at} ${fate}`)
          }
    },
    600_000,
  )

  it.each(rows)(
    '$kind, by request: $byRequest: the same where the next run is killed too',
    async ({ kind, byRequest }) => {
      const [count = 0] = await callsOf(kind, byRequest)
      for (let at = 0; at < count; at += FULL ? 3 : 11)
        for (let next = 0; next < count; next += FULL ? 4 : 13) {
          const scene = await watched(kind, byRequest)
          await scene.run({}, { at, fate: at % 2 === 0 ? 'kill-after' : 'kill-before' })
          await scene.run({}, { at: next, fate: next % 2 === 0 ? 'kill-after' : 'error-after' })
          await expectHealed(scene, `${kind} call ${at}, then ${next}`)
        }
    },
    600_000,
  )
})

/** To be killed before a call is to be killed after the one before it, but for the first. */
function fatesAt(call: number): readonly Fate[] {
  return FULL && call > 0 ? FATES.filter((fate) => fate !== 'kill-before') : FATES
}

/** How many calls of ports each of the runs makes that a rotation takes. */
async function callsOf(kind: SceneKind, byRequest: boolean): Promise<number[]> {
  const scene = await watched(kind, byRequest)
  const calls: number[] = []
  for (let lap = 0; lap < LAPS[kind]; lap += 1) {
    await lapOf(scene)
    calls.push(scene.calls)
  }
  return calls
}

/** One run; then what waits is merged, and the grace goes by. */
async function lapOf(scene: CredentialScene): Promise<void> {
  await scene.run()
  scene.remote.merge()
  scene.later(25)
}

async function watched(kind: SceneKind, byRequest: boolean): Promise<CredentialScene> {
  const scene = await credentialScene(kind, { member, byRequest, entry: entryOf(kind) })
  if (kind !== 'single')
    scene.watchEvery(async () => {
      for (const where of ['own', 'counting'] as const)
        if (!scene.database.accepts(await scene.committed(where)))
          throw new Error(`the login of the ${where} branch does not work`)
    })
  return scene
}

/** The first run that nothing disturbs mends what there is to mend; two more end the rotation. */
async function expectHealed(scene: CredentialScene, where: string): Promise<void> {
  await scene.run()
  expect(scene.database.accepts(await scene.committed()), where).toBe(true)
  for (let lap = 0; lap < 4 && (await scene.record())?.phase !== 'revoked'; lap += 1) {
    scene.remote.merge()
    scene.later(25)
    await scene.run()
  }
  const record = (await scene.record())!
  expect(record, where).toMatchObject({ phase: 'revoked', pending: null, previous: null, failures: 0 })
  const { user, password } = await scene.committed()
  expect(scene.database.users.get(user), where).toEqual([password])
  expect(scene.database.accepts(scene.first), where).toBe(false)
}
