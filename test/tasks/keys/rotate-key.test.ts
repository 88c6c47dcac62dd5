import { beforeAll, describe, expect, it } from 'vitest'
import { parseEncryptedFile } from '../../../src/core/envelope/file.ts'
import { fingerprintOf } from '../../../src/core/ledger/marks.ts'
import { rollBackKeyRotation } from '../../../src/tasks/keys/rotate-back.ts'
import { finishKeyRotation } from '../../../src/tasks/keys/rotate-finish.ts'
import { planKeyRotation, rotateKey } from '../../../src/tasks/keys/rotate-key.ts'
import { rotationStatus } from '../../../src/tasks/keys/rotate-status.ts'
import { mortalFiles, ProcessEnd } from '../../fakes/mortal-files.ts'
import {
  KEY_FILE,
  keysIn,
  makeScene,
  REQUEST,
  type RotatingScene,
  TOP,
  VALUES,
  valuesFor,
} from '../../support/rotating.ts'
import { codeOf, type Member, newMember, refusal, textOf } from '../../support/sealing.ts'

let [alice, bob, carol]: Member[] = []
beforeAll(async () => {
  ;[alice, bob, carol] = [await newMember(), await newMember(), await newMember()]
})

const policyOf = (...keys: string[]) =>
  `# who is who\nrecipients:\n  alice: ${keys[0]} # since ever\n  bob: ${keys[1]}\n`
const scene = () => makeScene([alice!, bob!], policyOf(alice!.recipient.text, bob!.recipient.text))
const PATHS = Object.keys(VALUES) as (keyof typeof VALUES)[]
const file = ({ contents }: RotatingScene, path: string) => contents.get(`${TOP}/${path}`)!
const recipientsIn = (at: RotatingScene, path: string) =>
  parseEncryptedFile(file(at, path)).metadata.wrappedKeys.map(({ recipient }) => recipient)
const shot = ({ contents }: RotatingScene) =>
  new Map(
    [...contents]
      .filter(([path]) => !path.includes('/.git/') && path !== KEY_FILE)
      .map(([path, bytes]) => [path, textOf(bytes)]),
  )

/** Every value, in every file, for who holds these keys. */
async function expectReadable(at: RotatingScene, holders: Parameters<typeof valuesFor>[1]): Promise<void> {
  for (const path of PATHS) expect(await valuesFor(file(at, path), holders), path).toEqual(VALUES[path])
}

describe('rotate key', () => {
  it('puts a new recipient before the old one, under new data keys, and leaves every value', async () => {
    const at = await scene()
    const before = shot(at)
    const { phase, fresh, graceUntil, files } = await rotateKey({ ...REQUEST, reason: 'yearly' }, at.world)
    expect({ phase, graceUntil, files }).toEqual({
      phase: 'completed',
      graceUntil: '2026-03-11T05:06:07.000Z',
      files: 3,
    })
    for (const path of PATHS)
      expect(recipientsIn(at, path)).toEqual([fresh, alice!.recipient.text, bob!.recipient.text])
    for (const holder of [alice!, bob!, ...keysIn(at.contents)]) await expectReadable(at, [holder])
    const sealed = (text: string) => text.match(/ENC\[[^\]]+\]/g)!
    for (const path of PATHS)
      expect(sealed(textOf(file(at, path))).filter((one) => before.get(`${TOP}/${path}`)!.includes(one))).toEqual([])
    expect(textOf(file(at, 'sealward.yml'))).toBe(policyOf(`[${fresh}, ${alice!.recipient.text}]`, bob!.recipient.text))
    expect(at.events).toMatchObject([
      { kind: 'key-rotated', added: [fingerprintOf(fresh)], removed: [], reason: 'yearly', files: [{}, {}, {}] },
    ])
  })

  it('takes the old one away at once in an emergency', async () => {
    const at = await scene()
    const { fresh, graceUntil } = await rotateKey({ ...REQUEST, emergency: true }, at.world)
    expect(graceUntil).toBeNull()
    await expectReadable(at, keysIn(at.contents))
    for (const path of PATHS) expect(await valuesFor(file(at, path), [alice!])).toBeNull()
    expect(textOf(file(at, 'sealward.yml'))).toBe(policyOf(fresh, bob!.recipient.text))
    expect(at.events).toMatchObject([{ removed: [fingerprintOf(alice!.recipient.text)] }])
  })

  it('plans the same files and writes nothing', async () => {
    const at = await scene()
    const files = mortalFiles(at.world.files, 0)
    const plan = await planKeyRotation(REQUEST, at.reopened({ files }))
    expect(plan).toEqual({ old: alice!.recipient.text, files: PATHS })
  })

  it('is done once, however often the same is asked for', async () => {
    const at = await scene()
    const first = await rotateKey(REQUEST, at.world)
    const after = shot(at)
    expect(await rotateKey(REQUEST, at.world)).toEqual(first)
    expect(shot(at)).toEqual(after)
    at.contents.delete(KEY_FILE)
    expect(await codeOf(() => rotateKey(REQUEST, at.world))).toBe('usage')
  })

  it('is for one environment where its recipient is no other one’s', async () => {
    const shared = await scene()
    expect(await codeOf(() => rotateKey({ ...REQUEST, environment: 'production' }, shared.world))).toBe('unsupported')
    expect(shared.contents.has(KEY_FILE)).toBe(false)
    const at = await makeScene([alice!, bob!], null)
    const { fresh } = await rotateKey({ ...REQUEST, environment: 'production' }, at.world)
    expect(PATHS.filter((path) => recipientsIn(at, path).includes(fresh))).toEqual(['production/.env.encrypted'])
  })

  it('never writes over a key, and asks for one place of several', async () => {
    const at = await scene()
    at.contents.set(KEY_FILE, Buffer.from('mine'))
    expect(await codeOf(() => rotateKey(REQUEST, at.world))).toBe('exists')
    expect(textOf(at.contents.get(KEY_FILE)!)).toBe('mine')
    at.contents.delete(KEY_FILE)
    expect(await codeOf(() => rotateKey(REQUEST, at.reopened({ members: [alice!, bob!] })))).toBe('usage')
    expect(await codeOf(() => rotateKey(REQUEST, at.reopened({ members: [carol!] })))).toBe('no-identity')
    expect(await codeOf(() => rotateKey({ emergency: false, graceDays: 7 }, at.world))).toBe('usage')
    const replaced = { ...REQUEST, replace: bob!.recipient.text }
    expect((await rotateKey(replaced, at.reopened({ members: [alice!, bob!] }))).old).toBe(bob!.recipient.text)
  })

  it('says why it failed, changes nothing, and goes on with the same key afterwards', async () => {
    const at = await scene()
    const before = shot(at)
    const damaged = Buffer.from(before.get(`${TOP}/.env.encrypted`)!.replace('data:', 'data:AAAA'))
    at.contents.set(`${TOP}/.env.encrypted`, damaged)
    expect(await codeOf(() => rotateKey(REQUEST, at.world))).toBe('value-not-authentic')
    const failed = (await rotationStatus(at.world))!
    expect(failed.phase).toBe('failed')
    expect(failed.failure).toMatch(/^A: /)
    at.contents.set(`${TOP}/.env.encrypted`, Buffer.from(before.get(`${TOP}/.env.encrypted`)!))
    expect(shot(at)).toEqual(before)
    const again = await rotateKey(REQUEST, at.world)
    expect([again.phase, again.fresh, again.failure]).toEqual(['completed', failed.fresh, null])
  })

  it('refuses a file with recipients that are no age ones before it writes one', async () => {
    const at = await scene()
    const path = `${TOP}/production/.env.encrypted`
    const text = textOf(at.contents.get(path)!)
    const kms =
      'sops_kms__list_0__map_arn=arn:aws:kms:x\nsops_kms__list_0__map_created_at=2026-01-01T00:00:00Z\nsops_kms__list_0__map_enc=AA==\n'
    at.contents.set(path, Buffer.from(text.replace('sops_lastmodified', `${kms}sops_lastmodified`)))
    const before = shot(at)
    expect(await refusal(() => rotateKey(REQUEST, at.world))).toMatchObject({ code: 'unsupported' })
    expect(shot(at)).toEqual(before)
  })
})

describe('the end of the time with both keys', () => {
  const later = new Date('2026-03-12T00:00:00Z')

  it('takes the old key away for whoever has the new one, and not before it was promised', async () => {
    const at = await scene()
    const { fresh } = await rotateKey(REQUEST, at.world)
    expect(await codeOf(() => finishKeyRotation({ early: false }, at.world))).toBe('usage')
    expect(await codeOf(() => rotateKey({ ...REQUEST, output: '/home/third.txt' }, at.world))).toBe('usage')
    const done = await finishKeyRotation({ early: false }, at.reopened({ now: later }))
    expect(done).toMatchObject({ finished: true, graceUntil: null })
    await expectReadable(at, keysIn(at.contents))
    for (const path of PATHS) expect(recipientsIn(at, path)).toEqual([fresh, bob!.recipient.text])
    expect(textOf(file(at, 'sealward.yml'))).toBe(policyOf(fresh, bob!.recipient.text))
    expect(at.events.at(-1)).toMatchObject({ added: [], removed: [fingerprintOf(alice!.recipient.text)] })
    expect(await codeOf(() => rollBackKeyRotation(at.world))).toBe('unsupported')
  })

  it('needs the new key at hand', async () => {
    const at = await scene()
    await rotateKey(REQUEST, at.world)
    at.contents.delete(KEY_FILE)
    const before = shot(at)
    expect(await codeOf(() => finishKeyRotation({ early: true }, at.world))).toBe('no-identity')
    expect(shot(at)).toEqual(before)
  })
})

describe('a rollback', () => {
  it('puts every byte back, policy too, and keeps the new key', async () => {
    const at = await scene()
    const before = shot(at)
    await rotateKey({ ...REQUEST, emergency: true }, at.world)
    await rollBackKeyRotation(at.world)
    expect(shot(at)).toEqual(before)
    expect(keysIn(at.contents)).toHaveLength(1)
    expect((await rotationStatus(at.world))!.phase).toBe('rolled back')
    expect(await codeOf(() => rollBackKeyRotation(at.world))).toBe('not-found')
  })

  it('refuses to lose what was written since, or to bring back what no key at hand opens', async () => {
    const at = await scene()
    await rotateKey({ ...REQUEST, emergency: true }, at.world)
    const rotated = shot(at)
    const stranger = at.reopened({ members: [carol!] })
    expect(await codeOf(() => rollBackKeyRotation(stranger))).toBe('no-identity')
    at.contents.set(`${TOP}/.env.encrypted`, Buffer.from(`${rotated.get(`${TOP}/.env.encrypted`)}\n`))
    expect(await refusal(() => rollBackKeyRotation(at.world))).toMatchObject({
      code: 'unsupported',
      file: '.env.encrypted',
    })
  })
})

describe('a process that ends at a write', () => {
  const later = new Date('2026-03-12T00:00:00Z')
  const commands = {
    'rotate key': (world: RotatingScene['world']) => rotateKey(REQUEST, world),
    'rotate key --emergency': (world: RotatingScene['world']) => rotateKey({ ...REQUEST, emergency: true }, world),
    'rotate key --finish': (world: RotatingScene['world']) => finishKeyRotation({ early: false }, world),
    'rotate key --rollback': (world: RotatingScene['world']) => rollBackKeyRotation(world),
  }

  it.each(Object.entries(commands))(
    '%s: leaves nothing unreadable, whichever write, and can be called again',
    async (name, command) => {
      const prepared = async () => {
        const at = await scene()
        if (name.includes('--finish') || name.includes('--rollback')) await rotateKey(REQUEST, at.world)
        return at
      }
      let ended = 0
      for (let write = 0; ; write += 1) {
        const at = await prepared()
        const dying = at.reopened({ files: mortalFiles(at.world.files, write), now: later })
        const end = await command(dying).then(
          () => 'done',
          (error: unknown) => error,
        )
        await expectReadable(at, [alice!, ...keysIn(at.contents)])
        if (end === 'done') break
        expect(end).toBeInstanceOf(ProcessEnd)
        ended += 1
        await command(at.reopened({ now: later })).catch((error: unknown) => {
          // It had come to its end but for nothing that is left to do.
          if (!/nothing|no rotation/.test(String(error))) throw error
        })
        await expectReadable(at, [alice!, ...keysIn(at.contents)])
        await expectWhole(at, name)
      }
      expect(ended).toBeGreaterThan(name.includes('--') && !name.includes('emergency') ? 6 : 10)
    },
  )

  it('just before its end: an emergency that is declared then finds the old key there still, and takes it away', async () => {
    const counted = await scene()
    const files = mortalFiles(counted.world.files)
    await rotateKey(REQUEST, counted.reopened({ files }))
    const at = await scene()
    const dying = at.reopened({ files: mortalFiles(at.world.files, files.writes() - 1) })
    await expect(rotateKey(REQUEST, dying)).rejects.toBeInstanceOf(ProcessEnd)
    expect(await rotateKey({ ...REQUEST, emergency: true }, at.world)).toMatchObject({ graceUntil: expect.any(String) })
    await finishKeyRotation({ early: true }, at.world)
    for (const path of PATHS) expect(await valuesFor(file(at, path), [alice!])).toBeNull()
  })

  /** All files have what the command was to bring, and the policy says so. */
  async function expectWhole(at: RotatingScene, name: string): Promise<void> {
    const sets = new Set(PATHS.map((path) => recipientsIn(at, path).join()))
    expect(sets.size).toBe(1)
    const [recipients = ''] = sets
    for (const recipient of recipients.split(',')) expect(textOf(file(at, 'sealward.yml'))).toContain(recipient)
    const hasOld = recipients.includes(alice!.recipient.text)
    expect(hasOld).toBe(name === 'rotate key' || name.includes('--rollback'))
  }
})
