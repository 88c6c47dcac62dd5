import { beforeAll, describe, expect, it } from 'vitest'
import { fingerprintOf } from '../../../src/core/ledger/marks.ts'
import { parseTarget } from '../../../src/core/push/target.ts'
import { type PushKeyWorld, planKeyPush, pushRotatedKey } from '../../../src/tasks/keys/push-key.ts'
import { rollBackKeyRotation } from '../../../src/tasks/keys/rotate-back.ts'
import { finishKeyRotation } from '../../../src/tasks/keys/rotate-finish.ts'
import { planKeyRotation, rotateKey } from '../../../src/tasks/keys/rotate-key.ts'
import { rotationStatus } from '../../../src/tasks/keys/rotate-status.ts'
import type { RotateKeyWorld } from '../../../src/tasks/steps/rotation/key-world.ts'
import { type MemorySecrets, memorySecrets } from '../../fakes/memory-secrets.ts'
import { mortalFiles, ProcessEnd } from '../../fakes/mortal-files.ts'
import { KEY_FILE, makeScene, REQUEST, type RotatingScene } from '../../support/rotating.ts'
import { codeOf, type Member, newMember, refusal, textOf } from '../../support/sealing.ts'

let alice: Member
beforeAll(async () => {
  alice = await newMember()
})

const [ONE, TWO] = ['github:acme/app:SEALWARD_KEY', 'github:acme/app/environments/my prod:SEALWARD_KEY'] as const
const AGAIN = { emergency: false, graceDays: 7, handOver: [] }

interface Scene extends RotatingScene {
  readonly secrets: MemorySecrets
  readonly pushing: (world?: RotateKeyWorld) => PushKeyWorld
}

async function scene(): Promise<Scene> {
  const at = await makeScene([alice], null)
  const secrets = memorySecrets(() => at.world.clock.now())
  return { ...at, secrets, pushing: (world = at.world) => ({ ...world, secrets: secrets.open }) }
}

const push = (at: Scene, targets: readonly string[], world?: RotateKeyWorld) =>
  pushRotatedKey(targets.map(parseTarget), at.pushing(world))
const newKeyIn = ({ contents }: Scene) => /^AGE-SECRET-KEY-\S+$/m.exec(textOf(contents.get(KEY_FILE)!))![0]
const pushes = async (at: Scene) => (await rotationStatus(at.world))!.pushes

describe('a push of the new key', () => {
  it('puts the identity alone, in one line, where it was asked for, and writes down where', async () => {
    const at = await scene()
    const { fresh } = await rotateKey({ ...REQUEST, handOver: [ONE, TWO] }, at.world)
    expect(await push(at, [ONE, TWO])).toMatchObject([{ outcome: 'made' }, { outcome: 'made' }])
    expect([...at.secrets.values]).toEqual([
      [ONE, newKeyIn(at)],
      [TWO, newKeyIn(at)],
    ])
    expect(at.events.slice(1)).toEqual(
      [ONE, TWO].map((target) => ({ kind: 'key-pushed', keys: [fingerprintOf(fresh)], targets: [target] })),
    )
    expect(await pushes(at)).toEqual([ONE, TWO].map((target) => ({ target, done: '2026-03-04T05:06:07.000Z' })))
  })

  it('is planned without a write', async () => {
    const at = await scene()
    const plans = await planKeyPush([ONE, TWO].map(parseTarget), at.pushing())
    expect(plans).toMatchObject([{ outcome: 'made' }, { outcome: 'made' }])
    expect(at.secrets.values.size).toBe(0)
  })

  it('that one place refuses reaches the others, says how to go on, and goes on there', async () => {
    const at = await scene()
    at.secrets.closed.add(TWO)
    await rotateKey({ ...REQUEST, handOver: [TWO, ONE] }, at.world)
    const error = await refusal(() => push(at, [TWO, ONE]))
    expect(error.code).toBe('permission')
    expect(error.message).toBe(`the files are done, and ${TWO} did not get the new key: the token may not do this`)
    expect(error.hint).toContain(
      `give it another\n\`sealward rotate key --push '${TWO}'\` goes on with that alone; until --finish the old key`,
    )
    expect(at.secrets.written).toEqual([ONE])
    at.secrets.closed.clear()
    const rotation = await rotateKey({ emergency: false, graceDays: 7 }, at.world)
    expect(rotation.phase).toBe('completed')
    await push(at, [])
    expect(at.secrets.written).toEqual([ONE, TWO])
    await push(at, [])
    expect(at.secrets.written).toEqual([ONE, TWO])
    await push(at, [ONE])
    expect(at.secrets.written).toEqual([ONE, TWO, ONE])
  })

  it('that is refused in an emergency says what that means', async () => {
    const at = await scene()
    at.secrets.closed.add(ONE)
    await rotateKey({ ...REQUEST, emergency: true, handOver: [ONE] }, at.world)
    expect((await refusal(() => push(at, [ONE]))).hint).toContain('whoever has the old key alone opens nothing')
  })

  it('never passes for a rotation that was asked for with it', async () => {
    const at = await scene()
    await rotateKey(REQUEST, at.world)
    await finishKeyRotation({ early: true }, at.world)
    expect(await planKeyRotation(AGAIN, at.world)).toMatchObject({ files: [] })
    for (const more of [{ emergency: true }, { reason: 'leaked' }, { kind: 'hybrid' as const }, { environment: 'x' }])
      expect(await codeOf(() => rotateKey({ ...AGAIN, ...more }, at.world)), JSON.stringify(more)).toBe('usage')
    const { fresh } = (await rotationStatus(at.world))!
    expect((await rotateKey(AGAIN, at.world)).fresh).toBe(fresh)
  })

  it('needs a rotation that is done, and its key', async () => {
    const at = await scene()
    expect(await codeOf(() => push(at, [ONE]))).toBe('usage')
    await rotateKey(REQUEST, at.world)
    const key = at.contents.get(KEY_FILE)!
    at.contents.delete(KEY_FILE)
    expect(await codeOf(() => push(at, [ONE]))).toBe('no-identity')
    at.contents.set(KEY_FILE, key)
    await rollBackKeyRotation(at.world)
    expect(await codeOf(() => push(at, [ONE]))).toBe('usage')
    expect(at.secrets.values.size).toBe(0)
  })

  it('that is outstanding keeps the old key in its place, unless it has to go', async () => {
    const at = await scene()
    await rotateKey({ ...REQUEST, handOver: [ONE] }, at.world)
    const later = at.reopened({ now: new Date('2026-03-12T00:00:00Z') })
    expect(await refusal(() => finishKeyRotation({ early: false }, later))).toMatchObject({
      code: 'usage',
      message: expect.stringContaining('has not been put everywhere'),
    })
    await push(at, [ONE])
    expect((await finishKeyRotation({ early: false }, later)).finished).toBe(true)
  })

  it('that was outstanding when an emergency came does not hold it up', async () => {
    const at = await scene()
    await rotateKey({ ...REQUEST, handOver: [ONE] }, at.world)
    expect((await finishKeyRotation({ early: true }, at.world)).finished).toBe(true)
  })

  it('is remembered when everything is rolled back', async () => {
    const at = await scene()
    await rotateKey({ ...REQUEST, handOver: [ONE, TWO] }, at.world)
    at.secrets.closed.add(TWO)
    await codeOf(() => push(at, [ONE]))
    await rollBackKeyRotation(at.world)
    expect(at.said.filter((line) => line.includes('opens nothing now'))).toEqual([expect.stringContaining(ONE)])
  })

  it('is known from the file of a rotation that was begun before there were any', async () => {
    const at = await scene()
    await rotateKey(REQUEST, at.world)
    const path = `${at.world.folder}/rotation.json`
    const { pushes: _, ...old } = JSON.parse(textOf(at.contents.get(path)!))
    at.contents.set(path, Buffer.from(JSON.stringify(old)))
    expect(await pushes(at)).toEqual([])
    await push(at, [ONE])
    expect(at.secrets.values.get(ONE)).toBe(newKeyIn(at))
  })

  it('is done after the process has ended at any write, by calling the same again', async () => {
    let ended = 0
    for (let write = 0; ; write += 1) {
      const at = await scene()
      const request = { ...REQUEST, handOver: [ONE, TWO] }
      const run = async (world: RotateKeyWorld) => {
        await rotateKey(request, world)
        await push(at, [ONE, TWO], world)
      }
      const end = await run(at.reopened({ files: mortalFiles(at.world.files, write) })).then(
        () => 'done',
        (error: unknown) => error,
      )
      if (end === 'done') break
      expect(end).toBeInstanceOf(ProcessEnd)
      ended += 1
      await run(at.world)
      for (const target of [ONE, TWO]) expect(at.secrets.values.get(target), `write ${write}`).toBe(newKeyIn(at))
      expect((await pushes(at)).every(({ done }) => done !== null)).toBe(true)
    }
    expect(ended).toBeGreaterThan(10)
  })
})
