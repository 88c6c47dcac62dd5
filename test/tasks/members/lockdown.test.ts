import { beforeAll, describe, expect, it } from 'vitest'
import { fingerprintOf } from '../../../src/core/ledger/marks.ts'
import { readToDo } from '../../../src/core/members/to-do.ts'
import { parsePolicy } from '../../../src/core/policy/policy.ts'
import { type LockdownRequest, liftLockdown, lockDown } from '../../../src/tasks/members/lockdown.ts'
import { settleWrites } from '../../../src/tasks/steps/writes/write-all.ts'
import { memoryHistory } from '../../fakes/memory-history.ts'
import { Killed, type MembersFixtureOptions, membersFixture } from '../../support/members-world.ts'
import { bytesOf, codeOf, type Member, newMember, open, seal, textOf } from '../../support/sealing.ts'

const ENTRY = (name: string, value: string) => ({ kind: 'entry', name, value }) as const
const [DEV, PROD] = ['.env.encrypted', 'production/.env.encrypted']
const request: LockdownRequest = {
  ...{ folder: '', dryRun: false, reason: 'laptop stolen' },
  ...{ environments: null, refs: null, renewedFor: null },
}

let alice: Member
let bob: Member

beforeAll(async () => {
  ;[alice, bob] = [await newMember(), await newMember()]
})

const with_ = (more: Partial<MembersFixtureOptions> = {}) => ({ identities: [alice.identity], ...more })

async function repository(): Promise<Map<string, Uint8Array>> {
  const yaml = `# who\nrecipients:\n  alice: ${alice.recipient.text}\n  bob: ${bob.recipient.text}\n`
  return new Map([
    ['sealward.yml', bytesOf(yaml)],
    [DEV, await seal([ENTRY('B', '1'), ENTRY('A', '2')], [alice, bob])],
    [PROD, await seal([ENTRY('P', '3')], [alice])],
  ])
}

async function valuesOf(bytes: Uint8Array): Promise<string> {
  const { variables } = await open(bytes, alice.identity)
  return [...variables].map(([name, { value }]) => `${name}=${value}`).join(' ')
}

const policyIn = (contents: ReadonlyMap<string, Uint8Array>) =>
  parsePolicy(contents.get('sealward.yml')!, 'sealward.yml')

describe('a lockdown', () => {
  it('closes sealward.yml, renews data keys, and lists everything, the most exposed first', async () => {
    const contents = await repository()
    const before = new Map(contents)
    const { world, events } = membersFixture(contents, with_())
    const outcome = await lockDown(request, world)
    expect(policyIn(contents).lockdown).toMatchObject({ reason: 'laptop stolen', environments: null, refs: null })
    expect(textOf(contents.get('sealward.yml')!).startsWith(textOf(before.get('sealward.yml')!))).toBe(true)
    expect(await Promise.all([DEV, PROD].map((path) => valuesOf(contents.get(path)!)))).toEqual(['B=1 A=2', 'P=3'])
    for (const path of [DEV, PROD]) expect(contents.get(path)).not.toEqual(before.get(path))
    expect(outcome.exposed.map(({ name, keys }) => [name, keys])).toEqual([
      ['A', 2],
      ['B', 2],
      ['P', 1],
    ])
    const toDo = readToDo(contents.get(outcome.list)!, outcome.list)
    expect([toDo.why, toDo.secrets.map(({ name }) => name)]).toEqual(['lockdown', ['A', 'B', 'P']])
    expect(outcome.list).toBe('.sealward/to-do/20260304T050607.000Z-lockdown.json')
    expect(events.map(({ kind, reason }) => [kind, reason])).toEqual([
      ['locked-down', 'laptop stolen'],
      ['data-key-rotated', 'laptop stolen'],
    ])
    expect(outcome.written).toEqual(['.env.encrypted', '.sealward/ledger.jsonl', outcome.list, PROD, 'sealward.yml'])
    expect(JSON.stringify(events)).not.toContain(fingerprintOf(alice.recipient.text))
  })

  it('is about some environments and refs where they are named, and leaves the others alone', async () => {
    const contents = await repository()
    const before = new Map(contents)
    const named = { ...request, environments: ['production'], refs: ['refs/heads/main'] }
    const { world, events } = membersFixture(contents, with_())
    const outcome = await lockDown(named, world)
    expect(outcome.exposed.map(({ name }) => name)).toEqual(['P'])
    expect(contents.get(DEV)).toEqual(before.get(DEV))
    expect(contents.get(PROD)).not.toEqual(before.get(PROD))
    expect(events[0]).toMatchObject({ environments: ['production'], refs: ['refs/heads/main'] })
  })

  it('lists what history had too', async () => {
    const contents = await repository()
    const history = memoryHistory([
      { date: new Date('2025-01-01'), files: { [DEV]: await seal([ENTRY('OLD', 'x')], [bob]) } },
      { date: new Date('2025-02-01'), files: { [DEV]: contents.get(DEV)! } },
    ])
    const { exposed } = await lockDown(request, membersFixture(contents, with_({ history })).world)
    expect(exposed.find(({ name }) => name === 'OLD')).toMatchObject({ keys: 1, until: new Date('2025-02-01') })
  })

  it('goes on where a file cannot be opened, and says so', async () => {
    const contents = await repository()
    const closed = await seal([ENTRY('C', '4')], [bob])
    contents.set('c/.env.encrypted', closed)
    const outcome = await lockDown(request, membersFixture(contents, with_()).world)
    expect(outcome.left.map(({ path }) => path)).toEqual(['c/.env.encrypted'])
    expect(outcome.exposed.map(({ name }) => name)).toContain('C')
    expect(contents.get('c/.env.encrypted')).toEqual(closed)
    expect(policyIn(contents).lockdown).not.toBe(null)
  })

  it('says which folders have a sealward.yml of their own', async () => {
    const contents = await repository()
    contents.set('app/sealward.yml', bytesOf('public: [A]\n'))
    contents.set('app/.env.encrypted', await seal([ENTRY('C', '4')], [alice]))
    const { notes, exposed } = await lockDown(request, membersFixture(contents, with_()).world)
    expect(notes).toContain('app/sealward.yml is not locked down: do it in its folder too')
    expect(exposed.map(({ name }) => name)).not.toContain('C')
  })

  it('works with no key at all: what is closed is closed', async () => {
    const contents = await repository()
    const outcome = await lockDown(request, membersFixture(contents, { identities: [] }).world)
    expect([outcome.left.length, outcome.files.length, outcome.exposed.length]).toEqual([2, 0, 3])
    expect(policyIn(contents).lockdown).not.toBe(null)
  })

  it('leaves files alone that a new key has been made for already', async () => {
    const contents = await repository()
    const before = new Map(contents)
    const { world } = membersFixture(contents, with_())
    const outcome = await lockDown({ ...request, renewedFor: bob.recipient.text }, world)
    expect(outcome.written).toContain(DEV)
    expect(outcome.exposed.map(({ keys }) => keys)).toEqual([1, 1, 1])
    expect([contents.get(DEV) === before.get(DEV), contents.get(PROD) === before.get(PROD)]).toEqual([true, false])
  })

  it('changes nothing on a dry run, and is refused a second time', async () => {
    const contents = await repository()
    const before = new Map(contents)
    const { world, events } = membersFixture(contents, with_())
    const dry = await lockDown({ ...request, dryRun: true }, world)
    expect([dry.files.length, dry.exposed.length, dry.written, events]).toEqual([2, 3, [], []])
    expect(contents).toEqual(before)
    await lockDown(request, world)
    expect(await codeOf(() => lockDown(request, membersFixture(contents, with_()).world))).toBe('exists')
  })

  it('is lifted without a trace but in the ledger, and what is to be done stays', async () => {
    const contents = await repository()
    const before = textOf(contents.get('sealward.yml')!)
    const { list } = await lockDown(request, membersFixture(contents, with_()).world)
    const { world, events } = membersFixture(contents, with_())
    const dry = await liftLockdown({ folder: '', dryRun: true, reason: 'done' }, world)
    expect([dry.written, dry.policy.lockdown?.reason]).toEqual([[], 'laptop stolen'])
    await liftLockdown({ folder: '', dryRun: false, reason: 'done' }, world)
    expect(textOf(contents.get('sealward.yml')!)).toBe(before)
    expect(contents.has(list)).toBe(true)
    expect(events).toEqual([{ kind: 'lifted', reason: 'done' }])
    const again = membersFixture(contents, with_()).world
    expect(await codeOf(() => liftLockdown({ folder: '', dryRun: false, reason: 'x' }, again))).toBe('not-found')
  })
})

describe('a process that is killed', () => {
  it('after any write leaves everything closed or nothing, and every file opens', async () => {
    const untouched = textOf((await repository()).get('sealward.yml')!)
    for (let writes = 0; ; writes += 1) {
      const contents = await repository()
      const { world } = membersFixture(contents, with_({ diesAfter: writes }))
      const died = await lockDown(request, world).then(
        () => false,
        (error: unknown) => {
          if (error instanceof Killed) return true
          throw error
        },
      )
      await settleWrites(membersFixture(contents, with_()).world.writes)
      const isClosed = textOf(contents.get('sealward.yml')!) !== untouched
      const lists = [...contents.keys()].filter((path) => path.startsWith('.sealward/to-do/'))
      expect([writes, lists.length]).toEqual([writes, isClosed ? 1 : 0])
      expect(await Promise.all([DEV, PROD].map((path) => valuesOf(contents.get(path)!)))).toEqual(['B=1 A=2', 'P=3'])
      if (!died) return expect(writes).toBeGreaterThan(5)
    }
  })
})
