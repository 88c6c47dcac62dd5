import { beforeAll, describe, expect, it } from 'vitest'
import { parseEncryptedFile } from '../../../src/core/envelope/file.ts'
import { keyGroupsOf } from '../../../src/core/envelope/text/metadata.ts'
import { fingerprintOf } from '../../../src/core/ledger/marks.ts'
import { readToDo } from '../../../src/core/members/to-do.ts'
import { upgradeMembers } from '../../../src/tasks/members/members-upgrade.ts'
import { syncRecipients } from '../../../src/tasks/members/recipients-sync.ts'
import { settleWrites } from '../../../src/tasks/steps/writes/write-all.ts'
import { memoryHistory } from '../../fakes/memory-history.ts'
import { documentOf } from '../../support/documents.ts'
import { Killed, type MembersFixtureOptions, membersFixture } from '../../support/members-world.ts'
import { bytesOf, codeOf, type Member, newMember, open, refusal, seal, textOf } from '../../support/sealing.ts'

const FILES = ['.env.encrypted', 'prod/.env.encrypted']
const REQUEST = { folder: '', dryRun: false, partial: false, rotateAll: false } as const
const [BEGIN, LATER] = [new Date('2025-01-01T00:00:00Z'), new Date('2025-06-01T00:00:00Z')]

let [alice, bob, quantum, bobs]: Member[] = []
beforeAll(async () => {
  ;[alice, bob] = [await newMember(), await newMember()]
  ;[quantum, bobs] = [await newMember('hybrid'), await newMember('hybrid')]
})

/** Everybody opens the first file, alice alone that of production. */
async function repository(): Promise<Map<string, Uint8Array>> {
  const policy = `recipients:\n  alice: ${alice!.recipient.text}\n  bob: ${bob!.recipient.text}\nfiles:\n  - path: prod/**\n    recipients: [alice]\n`
  return new Map<string, Uint8Array>([
    ['sealward.yml', bytesOf(policy)],
    [FILES[0]!, await seal(documentOf({ TOKEN: 'one' }), [alice!, bob!])],
    [FILES[1]!, await seal(documentOf({ URL: 'two' }), [alice!])],
  ])
}

const both = () =>
  new Map([
    ['alice', [quantum!.recipient.text]],
    ['bob', [bobs!.recipient.text]],
  ])
const world = (contents: Map<string, Uint8Array>, more: Partial<MembersFixtureOptions> = {}) =>
  membersFixture(contents, { identities: [alice!.identity, quantum!.identity], ...more })
const recipientsIn = (contents: ReadonlyMap<string, Uint8Array>, path: string) =>
  parseEncryptedFile(contents.get(path)!).metadata.wrappedKeys.map(({ recipient }) => recipient)

describe('members upgrade --pq', () => {
  it('encrypts every file to the new recipients, under new data keys, with the same values', async () => {
    const contents = await repository()
    const before = new Map(contents)
    const { world: at, events } = world(contents)
    const outcome = await upgradeMembers({ ...REQUEST, upgrades: both(), reason: 'harvest now' }, at)
    expect(outcome.files.map(({ path, newDataKey }) => [path, newDataKey])).toEqual(FILES.map((path) => [path, true]))
    expect([outcome.mixed, outcome.classical]).toEqual([[], []])
    expect(recipientsIn(contents, FILES[0]!)).toEqual([quantum!.recipient.text, bobs!.recipient.text])
    for (const [path, value] of [
      [FILES[0]!, { TOKEN: 'one' }],
      [FILES[1]!, { URL: 'two' }],
    ] as const) {
      expect((await open(contents.get(path)!, quantum!.identity)).document).toEqual(documentOf(value))
      expect(await codeOf(() => open(contents.get(path)!, alice!.identity))).toBe('no-identity')
      const old = (await open(before.get(path)!, alice!.identity)).dataKey
      expect((await open(contents.get(path)!, quantum!.identity)).dataKey).not.toEqual(old)
    }
    expect(textOf(contents.get('sealward.yml')!)).not.toContain(alice!.recipient.text)
    expect(events).toMatchObject([
      {
        kind: 'recipients-changed',
        added: [quantum!, bobs!].map(({ recipient }) => fingerprintOf(recipient.text)),
        removed: [alice!, bob!].map(({ recipient }) => fingerprintOf(recipient.text)),
        reason: 'harvest now',
      },
    ])
  })

  it('refuses files of both kinds, naming who is missing, and changes nothing', async () => {
    const contents = await repository()
    const before = new Map(contents)
    const upgrades = new Map([['alice', [quantum!.recipient.text]]])
    const { code, message, hint } = await refusal(() => upgradeMembers({ ...REQUEST, upgrades }, world(contents).world))
    expect([code, message]).toEqual(['unsupported', expect.stringContaining('1 file would stay open')])
    expect(hint).toContain('bob')
    expect(contents).toEqual(before)
    const dry = await upgradeMembers({ ...REQUEST, dryRun: true, upgrades }, world(contents).world)
    expect([dry.mixed, dry.classical.map(({ name }) => name)]).toEqual([[FILES[0]], ['bob']])
    expect(contents).toEqual(before)
  })

  it('goes on with files of both kinds where that is asked for', async () => {
    const contents = await repository()
    const upgrades = new Map([['alice', [quantum!.recipient.text]]])
    const outcome = await upgradeMembers({ ...REQUEST, partial: true, upgrades }, world(contents).world)
    expect(outcome.mixed).toEqual([FILES[0]])
    expect(recipientsIn(contents, FILES[0]!)).toEqual([bob!.recipient.text, quantum!.recipient.text])
    expect(recipientsIn(contents, FILES[1]!)).toEqual([quantum!.recipient.text])
  })

  it('keeps key groups, with the new recipients in them', async () => {
    const contents = await repository()
    const policy = textOf(contents.get('sealward.yml')!)
    const grouped = policy.replace('recipients: [alice]\n', 'key-groups: [[alice], [bob]]\n')
    contents.set('sealward.yml', bytesOf(grouped))
    const identities = [alice!, bob!, quantum!, bobs!].map(({ identity }) => identity)
    await syncRecipients({ folder: '', dryRun: false }, world(contents, { identities }).world)
    const { mixed } = await upgradeMembers({ ...REQUEST, upgrades: both() }, world(contents, { identities }).world)
    expect(mixed).toEqual([])
    expect(keyGroupsOf(parseEncryptedFile(contents.get(FILES[1]!)!).metadata).groups).toEqual([
      [quantum!.recipient.text],
      [bobs!.recipient.text],
    ])
  })

  it('changes nothing where nobody here could open what comes of it', async () => {
    const contents = await repository()
    const before = new Map(contents)
    const { world: at } = world(contents, { identities: [alice!.identity] })
    expect(await codeOf(() => upgradeMembers({ ...REQUEST, upgrades: both() }, at))).toBe('no-identity')
    expect(contents).toEqual(before)
  })

  it('says what classical keys could read in any version, and lists it where that is asked for', async () => {
    const contents = await repository()
    const gone = await seal(documentOf({ TOKEN: 'one', OLD: 'x' }), [alice!])
    const safe = await seal(documentOf({ SAFE: 'x' }), [quantum!])
    const history = memoryHistory([
      { date: BEGIN, files: { [FILES[0]!]: gone, 'safe/.env.encrypted': safe } },
      { date: LATER, files: { [FILES[0]!]: contents.get(FILES[0]!)! } },
    ])
    contents.set('safe/.env.encrypted', safe)
    const quiet = await upgradeMembers(
      { ...REQUEST, dryRun: true, rotateAll: false, upgrades: both() },
      world(contents, { history }).world,
    )
    const names = quiet.exposed.map(({ file, name }) => `${file} ${name}`).toSorted()
    expect(names).toEqual([`${FILES[0]} OLD`, `${FILES[0]} TOKEN`, `${FILES[1]} URL`])
    expect(quiet.lists).toEqual([])
    const { lists, written } = await upgradeMembers(
      { ...REQUEST, rotateAll: true, upgrades: both() },
      world(contents, { history }).world,
    )
    expect(written).toContain(lists[0]!.path)
    const toDo = readToDo(contents.get(lists[0]!.path)!, 'x')
    expect([toDo.why, toDo.secrets.length]).toEqual(['post-quantum', 3])
  })

  it('has nothing to do a second time', async () => {
    const contents = await repository()
    await upgradeMembers({ ...REQUEST, upgrades: both() }, world(contents).world)
    const after = new Map(contents)
    const again = await upgradeMembers({ ...REQUEST, upgrades: both() }, world(contents).world)
    expect([again.files, again.classical]).toEqual([[], []])
    expect(contents).toEqual(after)
  })

  it('is done in every file or in none, after whichever write the process dies', async () => {
    const outcomes = new Set<string>()
    for (let writes = 0; writes < 20; writes += 1) {
      const contents = await repository()
      const run = upgradeMembers(
        { ...REQUEST, rotateAll: true, upgrades: both() },
        world(contents, { diesAfter: writes }).world,
      )
      const died = await run.then(
        () => false,
        (error) => error instanceof Killed,
      )
      for (const path of FILES)
        expect(
          await Promise.any([alice!, quantum!].map(({ identity }) => open(contents.get(path)!, identity))),
        ).toBeTruthy()
      await settleWrites(world(contents).world.writes)
      const states = FILES.map((path) => recipientsIn(contents, path).includes(alice!.recipient.text))
      states.push(textOf(contents.get('sealward.yml')!).includes(alice!.recipient.text))
      states.push(![...contents.keys()].some((path) => path.startsWith('.sealward/to-do/')))
      expect(new Set(states).size, String(writes)).toBe(1)
      outcomes.add(String(states[0]))
      if (!died) break
    }
    expect(outcomes).toEqual(new Set(['true', 'false']))
  })
})
