import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { stageOf } from '../../../../src/core/credential/machine/phase.ts'
import { FATES } from '../../../fakes/credentials/mortal.ts'
import { type CredentialScene, credentialScene, FILE, type SceneKind } from '../../../support/credential-scene.ts'
import { documentOf } from '../../../support/documents.ts'
import { type Member, newMember, seal } from '../../../support/sealing.ts'

const FULL = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'

let member: Member
beforeAll(async () => {
  member = await newMember()
})

/** Something that happens between two runs, or to one. */
const event = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('run' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('doomed' as const), at: fc.nat(45), fate: fc.constantFrom(...FATES) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('later' as const), hours: fc.nat(30) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('merge' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('down', 'up', 'push', 'bad-check', 'no-check', 'rollback') }),
  },
)
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never

describe('whatever happens between and during runs', () => {
  it.each(['dual', 'alternating', 'issue'] as const)(
    '%s: the committed login works at every moment, and it ends well',
    async (kind) => {
      await fc.assert(
        fc.asyncProperty(fc.boolean(), fc.array(event, { minLength: 1, maxLength: 14 }), async (byRequest, events) => {
          const scene = await made(kind, byRequest)
          scene.watchEvery(() => expectCommittedWorks(scene))
          for (const one of events) await happen(one, scene)
          await expectCommittedWorks(scene)
          await expectItEndsWell(scene)
        }),
        { numRuns: FULL ? 150 : 12 },
      )
    },
    300_000,
  )

  it('single: it ends with a login that works', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 14 }), async (events) => {
        const scene = await made('single', false)
        for (const one of events) await happen(one, scene)
        await expectItEndsWell(scene)
      }),
      { numRuns: FULL ? 150 : 12 },
    )
  }, 300_000)

  it.each(['dual', 'alternating', 'single'] as const)(
    '%s: a system that is restored from a backup is set right',
    async (kind) => {
      await fc.assert(
        fc.asyncProperty(fc.nat(45), fc.constantFrom(...FATES), fc.nat(30), async (at, fate, hours) => {
          const scene = await made(kind, false)
          const users = new Map(scene.database.users)
          await scene.run({}, { at, fate })
          scene.later(hours)
          await scene.run({}, { at: hours, fate })
          for (const [name, passwords] of users) scene.database.users.set(name, passwords)
          await expectItEndsWell(scene, { mayDrift: true })
        }),
        { numRuns: FULL ? 100 : 8 },
      )
    },
    300_000,
  )
})

function made(kind: SceneKind, byRequest: boolean): Promise<CredentialScene> {
  return credentialScene(kind, { member, byRequest, entry: 'verify: [{ http: "https://example.org/health" }]' })
}

async function happen(one: Event, scene: CredentialScene): Promise<void> {
  if (one.kind === 'run') await scene.run()
  else if (one.kind === 'doomed') await scene.run({}, { at: one.at, fate: one.fate })
  else if (one.kind === 'later') scene.later(one.hours)
  else if (one.kind === 'merge') scene.remote.merge()
  else if (one.kind === 'rollback') await scene.run({ rollback: true })
  else if (one.kind === 'bad-check') scene.verdicts.push({ kind: 'failed', why: 'status 500' })
  else if (one.kind === 'no-check') scene.verdicts.push({ kind: 'unknown', why: 'no answer' })
  else if (one.kind === 'push') await pushSomething(scene)
  else scene.database.isDown = one.kind === 'down'
}

/** Another variable of the same file changes, on top of what is there. */
async function pushSomething(scene: CredentialScene): Promise<void> {
  const values = { ...(await scene.values()), OTHER: String(scene.remote.messages.length) }
  scene.remote.pushBefore(FILE, await seal(documentOf(values), [member]))
}

async function expectCommittedWorks(scene: CredentialScene): Promise<void> {
  for (const where of ['own', 'counting'] as const)
    if (!scene.database.accepts(await scene.committed(where)))
      throw new Error(`the login of the ${where} branch does not work`)
}

/** Runs that nothing disturbs, and a person who closes the breaker: nothing is left half done, and the committed login works. */
async function expectItEndsWell(scene: CredentialScene, { mayDrift = false } = {}): Promise<void> {
  scene.database.isDown = false
  scene.verdicts.length = 0
  const first = await scene.run({ retry: true })
  // A backup from before the rotation that ended has no login that anybody keeps: only the admin can set one.
  if (mayDrift && first?.outcome.kind === 'drift') await scene.run({ retry: true, force: true })
  expect(scene.database.accepts(await scene.committed())).toBe(true)
  for (let lap = 0; lap < 7; lap += 1) {
    scene.remote.merge()
    scene.later(31)
    const record = await scene.record()
    // What somebody pushed to the branch has to be merged before a rotation begins at all.
    if (record !== null && stageOf(record.phase) === 'idle') break
    await scene.run()
  }
  expect(scene.database.accepts(await scene.committed())).toBe(true)
  const { phase, pending, previous } = (await scene.record())!
  expect({ stage: stageOf(phase), pending, previous }).toEqual({ stage: 'idle', pending: null, previous: null })
}
