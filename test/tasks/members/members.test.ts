import { beforeAll, describe, expect, it } from 'vitest'
import { LEDGER_FILE } from '../../../src/core/ledger/ledger-file.ts'
import { digestOf, fingerprintOf } from '../../../src/core/ledger/marks.ts'
import { readToDo } from '../../../src/core/members/to-do.ts'
import { addToMembers, listMembers, removeFromMembers, renameInMembers } from '../../../src/tasks/members/members.ts'
import { rollBackPolicy } from '../../../src/tasks/members/policy-rollback.ts'
import { syncRecipients } from '../../../src/tasks/members/recipients-sync.ts'
import { settleWrites } from '../../../src/tasks/steps/writes/write-all.ts'
import { memoryHistory } from '../../fakes/memory-history.ts'
import { Killed, type MembersFixtureOptions, membersFixture } from '../../support/members-world.ts'
import { bytesOf, codeOf, type Member, newMember, open, refusal, seal, textOf } from '../../support/sealing.ts'

const ENTRY = (name: string, value: string) => ({ kind: 'entry', name, value }) as const
const FILES = ['.env.encrypted', 'a/.env.encrypted', 'b/.env.encrypted', 'prod/.env.encrypted']
const request = { folder: '', dryRun: false } as const

let alice: Member
let bob: Member
let dora: Member

beforeAll(async () => {
  ;[alice, bob, dora] = [await newMember(), await newMember(), await newMember()]
})

function policyOf(entries: Readonly<Record<string, Member>>, prod: readonly string[] = ['alice']): string {
  const lines = Object.entries(entries).map(([name, { recipient }]) => `  ${name}: ${recipient.text} # ${name}\n`)
  return `# who\nrecipients:\n${lines.join('')}files:\n  - path: prod/**\n    recipients: [${prod.join(', ')}]\n`
}

/** Everybody opens all files; alice alone those of production. */
async function repository(): Promise<Map<string, Uint8Array>> {
  const contents = new Map<string, Uint8Array>([['sealward.yml', bytesOf(policyOf({ alice, bob }))]])
  for (const path of FILES)
    contents.set(path, await seal([ENTRY('PATH_OF', path)], path.startsWith('prod') ? [alice] : [alice, bob]))
  return contents
}

const with_ = (more: Partial<MembersFixtureOptions> = {}) => ({ identities: [alice.identity], ...more })

/** Who of the three opens a file, and what is in it. */
async function readersOf(bytes: Uint8Array): Promise<string> {
  const names: string[] = []
  for (const [name, { identity }] of Object.entries({ alice, bob, dora })) {
    const opened = await open(bytes, identity).catch(() => null)
    if (opened !== null) names.push(name)
  }
  return names.join(' ')
}

async function readers(contents: ReadonlyMap<string, Uint8Array>): Promise<string[]> {
  return Promise.all(FILES.map(async (path) => readersOf(contents.get(path)!)))
}

describe('adding somebody', () => {
  it('gives them the files that are theirs by sealward.yml, and changes no other line of those', async () => {
    const contents = await repository()
    const before = new Map(contents)
    const { world, events } = membersFixture(contents, with_())
    const member = { name: 'dora', keys: [dora.recipient.text], rules: [] }
    const outcome = await addToMembers({ ...request, reason: 'new here', member }, world)
    expect(outcome.files.map(({ path, newDataKey }) => [path, newDataKey])).toEqual(
      FILES.slice(0, 3).map((path) => [path, false]),
    )
    expect(await readers(contents)).toEqual(['alice bob dora', 'alice bob dora', 'alice bob dora', 'alice'])
    const old = textOf(before.get(FILES[0]!)!).split('\n')
    const fresh = textOf(contents.get(FILES[0]!)!).split('\n')
    expect(old.filter((line) => !fresh.includes(line))).toEqual([])
    expect(textOf(contents.get('sealward.yml')!)).toBe(
      policyOf({ alice, bob }).replace('# bob\n', `# bob\n  dora: ${dora.recipient.text}\n`),
    )
    const marks = FILES.slice(0, 3).map((path) => ({
      path: `/repository/${path}`,
      before: digestOf(before.get(path)!),
      after: digestOf(contents.get(path)!),
    }))
    const added = [fingerprintOf(dora.recipient.text)]
    expect(events).toEqual([{ kind: 'member-added', member: 'dora', added, files: marks, reason: 'new here' }])
    expect(outcome.written).toEqual([...FILES.slice(0, 3), LEDGER_FILE, 'sealward.yml'].toSorted())
  })

  it('gives them the files of a rule that lists who may, where that is asked for', async () => {
    const contents = await repository()
    const member = { name: 'dora', keys: [dora.recipient.text], rules: ['prod/**'] }
    await addToMembers({ ...request, member }, membersFixture(contents, with_()).world)
    expect((await readers(contents))[3]).toBe('alice dora')
  })

  it('changes nothing on a dry run, and nothing where one file cannot be opened', async () => {
    const contents = await repository()
    contents.set('b/.env.encrypted', await seal([ENTRY('A', '1')], [bob]))
    const before = new Map(contents)
    const member = { name: 'dora', keys: [dora.recipient.text], rules: [] }
    const { world, events } = membersFixture(contents, with_())
    expect(await codeOf(() => addToMembers({ ...request, member }, world))).toBe('no-identity')
    contents.delete('b/.env.encrypted')
    before.delete('b/.env.encrypted')
    const dry = await addToMembers({ folder: '', dryRun: true, member }, membersFixture(contents, with_()).world)
    expect([dry.files.length, dry.written, events]).toEqual([2, [], []])
    expect(contents).toEqual(before)
  })

  it('leaves what differed before as it was: that is for sync', async () => {
    const contents = await repository()
    contents.set(FILES[1]!, await seal([ENTRY('A', '1')], [alice]))
    const member = { name: 'dora', keys: [dora.recipient.text], rules: [] }
    await addToMembers({ ...request, member }, membersFixture(contents, with_()).world)
    expect((await readers(contents))[1]).toBe('alice dora')
  })
})

describe('taking somebody off', () => {
  const T = (day: string) => new Date(`${day}T00:00:00Z`)

  it('leaves them no file, and writes down what they ever could read', async () => {
    const contents = await repository()
    const gone = await seal([ENTRY('GONE', 'x')], [alice, bob])
    const plain = policyOf({ alice, bob })
    const history = memoryHistory([
      {
        date: T('2025-01-01'),
        files: { 'sealward.yml': bytesOf(plain), '.env.encrypted': await seal([ENTRY('OLD', 'x')], [alice, bob]) },
      },
      { date: T('2025-02-01'), files: { 'old.env.encrypted': gone } },
      { date: T('2025-03-01'), files: { '.env.encrypted': await seal([ENTRY('NEVER', 'x')], [alice]) } },
      { date: T('2025-04-01'), files: { '.env.encrypted': contents.get('.env.encrypted')! } },
    ])
    const { world, events } = membersFixture(contents, with_({ history, past: ['old.env.encrypted'] }))
    const { toDo, files } = await removeFromMembers({ ...request, name: 'bob' }, world)
    expect(await readers(contents)).toEqual(['alice', 'alice', 'alice', 'alice'])
    expect(files.every(({ newDataKey }) => newDataKey)).toBe(true)
    expect(textOf(contents.get('sealward.yml')!)).toBe(policyOf({ alice }))
    expect(toDo!.path).toBe('.sealward/to-do/20260304T050607.000Z-bob.json')
    const read = readToDo(contents.get(toDo!.path)!, toDo!.path)
    const now = world.clock.now()
    expect(read).toEqual(toDo!.toDo)
    expect(read.secrets.map(({ file, name, since, until }) => [file, name, since, until])).toEqual([
      ['.env.encrypted', 'OLD', T('2025-01-01'), T('2025-03-01')],
      ['old.env.encrypted', 'GONE', T('2025-02-01'), now],
      ['.env.encrypted', 'PATH_OF', T('2025-04-01'), now],
      ['a/.env.encrypted', 'PATH_OF', now, now],
      ['b/.env.encrypted', 'PATH_OF', now, now],
    ])
    expect(events.map(({ kind }) => kind)).toEqual(['member-removed', 'data-key-rotated'])
    expect(JSON.stringify(events)).not.toContain(bob.recipient.text)
  })

  it('takes an old key of theirs out of files too', async () => {
    const contents = await repository()
    const old = dora
    contents.set(FILES[1]!, await seal([ENTRY('A', '1')], [alice, old]))
    const history = memoryHistory([
      { date: T('2025-01-01'), files: { 'sealward.yml': bytesOf(policyOf({ alice, bob: old })) } },
    ])
    await removeFromMembers({ ...request, name: 'bob' }, membersFixture(contents, with_({ history })).world)
    expect((await readers(contents))[1]).toBe('alice')
  })

  it('refuses to lock out whoever does it', async () => {
    const contents = await repository()
    const { world } = membersFixture(contents, with_())
    expect(await codeOf(() => removeFromMembers({ ...request, name: 'alice' }, world))).toBe('unsupported')
    contents.set('sealward.yml', bytesOf(policyOf({ alice, bob }, ['alice', 'bob'])))
    contents.delete('prod/.env.encrypted')
    const again = membersFixture(contents, with_()).world
    expect(await refusal(() => removeFromMembers({ ...request, name: 'alice' }, again))).toMatchObject({
      code: 'no-identity',
      message: expect.stringContaining('would open the file after this'),
    })
  })
})

describe('the others', () => {
  it('renaming changes no encrypted file', async () => {
    const contents = await repository()
    const { world, events } = membersFixture(contents, with_())
    const { files } = await renameInMembers({ ...request, from: 'bob', to: 'robert' }, world)
    expect(files).toEqual([])
    expect(events).toEqual([{ kind: 'member-renamed', member: 'robert', formerly: 'bob' }])
    expect(textOf(contents.get('sealward.yml')!)).toContain(`  robert: ${bob.recipient.text} # bob\n`)
  })

  it('sync makes every file what sealward.yml says, once', async () => {
    const contents = await repository()
    contents.set('sealward.yml', bytesOf(policyOf({ alice, dora }, ['alice', 'dora'])))
    const { world, events } = membersFixture(contents, with_())
    await syncRecipients(request, world)
    expect(await readers(contents)).toEqual(['alice dora', 'alice dora', 'alice dora', 'alice dora'])
    expect(events.map(({ kind }) => kind)).toEqual(['recipients-changed'])
    expect((await syncRecipients(request, membersFixture(contents, with_()).world)).files).toEqual([])
  })

  it('a list says who opens how many files', async () => {
    const listed = await listMembers('', membersFixture(await repository(), with_()).world)
    expect(listed.map(({ member, files }) => [member.name, files.length])).toEqual([
      ['alice', 4],
      ['bob', 3],
    ])
  })

  it('a folder with a sealward.yml of its own is left to that', async () => {
    const contents = await repository()
    contents.set(
      'a/sealward.yml',
      bytesOf(`recipients: {alice: ${alice.recipient.text}, bob: ${bob.recipient.text}}\n`),
    )
    const member = { name: 'dora', keys: [dora.recipient.text], rules: [] }
    await addToMembers({ folder: 'a', dryRun: false, member }, membersFixture(contents, with_()).world)
    expect(await readers(contents)).toEqual(['alice bob', 'alice bob dora', 'alice bob', 'alice'])
  })
})

/** What a commit had, when its sealward.yml named these. */
function storedPolicy(text: string) {
  return { at: async (_: string, path: string) => (path === 'sealward.yml' ? bytesOf(text) : null) }
}

describe('whoever loses files by a change of sealward.yml', () => {
  const listsIn = (contents: ReadonlyMap<string, Uint8Array>) =>
    [...contents].flatMap(([path, bytes]) => (path.startsWith('.sealward/to-do/') ? [readToDo(bytes, path)] : []))

  it('is a list, when sync takes them out of everything: of all that they ever could read', async () => {
    const contents = await repository()
    const history = memoryHistory([
      { date: new Date('2026-01-01'), files: Object.fromEntries(contents) },
      { date: new Date('2026-02-01'), files: { 'b/.env.encrypted': await seal([ENTRY('GONE', '1')], [alice]) } },
    ])
    contents.set('sealward.yml', bytesOf(policyOf({ alice })))
    const outcome = await syncRecipients(request, membersFixture(contents, with_({ history })).world)
    const [list, ...more] = listsIn(contents)
    expect([list!.member, more.length, outcome.toDos.length]).toEqual(['bob', 0, 1])
    expect(list!.secrets.map(({ file }) => file)).toEqual(FILES.slice(0, 3))
  })

  it('is a list of those files alone where they stay with others, and none for who has another key in them', async () => {
    const contents = await repository()
    const rule = `  - path: a/**\n    recipients: [alice]\n`
    contents.set('sealward.yml', bytesOf(policyOf({ alice, bob }).replace('files:\n', `files:\n${rule}`)))
    await syncRecipients(request, membersFixture(contents, with_()).world)
    expect(listsIn(contents).map(({ member, secrets }) => [member, secrets.map(({ file }) => file)])).toEqual([
      ['bob', ['a/.env.encrypted']],
    ])
    const again = await repository()
    const renewed = policyOf({ alice, bob }).replace(bob.recipient.text, dora.recipient.text)
    again.set('sealward.yml', bytesOf(renewed))
    const history = memoryHistory([
      { date: new Date('2026-01-01'), files: { 'sealward.yml': bytesOf(policyOf({ alice, bob })) } },
    ])
    await syncRecipients(request, membersFixture(again, with_({ history })).world)
    expect([await readersOf(again.get('.env.encrypted')!), listsIn(again)]).toEqual(['alice dora', []])
  })

  it('is a list when the policy is rolled back to before they came, and who comes back can open the files', async () => {
    const contents = await repository()
    const before = new Map(contents)
    const { world, events } = membersFixture(contents, with_())
    const stored = storedPolicy(policyOf({ alice, dora }))
    const dry = await rollBackPolicy({ ...request, dryRun: true, revision: 'HEAD~1' }, { ...world, stored })
    expect([dry.files.length, contents]).toEqual([3, before])
    const changes = dry.access.map(({ change, name }) => `${change} ${name}`)
    expect([...new Set(changes)].sort()).toEqual(['gains dora', 'loses bob'])
    await rollBackPolicy({ ...request, revision: 'HEAD~1', reason: 'too early' }, { ...world, stored })
    expect(await readers(contents)).toEqual(['alice dora', 'alice dora', 'alice dora', 'alice'])
    expect(textOf(contents.get('sealward.yml')!)).toBe(policyOf({ alice, dora }))
    expect(listsIn(contents).map(({ member, secrets }) => [member, secrets.length])).toEqual([['bob', 3]])
    expect(events).toMatchObject([{ kind: 'recipients-changed', reason: 'too early', files: [{}, {}, {}] }])
  })

  it('loses nothing where the commit has no sealward.yml, or one whose members are for none of the files', async () => {
    const contents = await repository()
    const before = new Map(contents)
    const { world } = membersFixture(contents, with_())
    const to = (stored: Parameters<typeof rollBackPolicy>[1]['stored']) =>
      codeOf(() => rollBackPolicy({ ...request, revision: 'x' }, { ...world, stored }))
    expect(await to({ at: async () => null })).toBe('not-found')
    const nobody = `recipients:\n  alice: { keys: ${alice.recipient.text}, roles: [monitoring] }\n`
    expect(await to(storedPolicy(nobody))).toBe('no-recipients')
    const broken = { ...request, revision: 'v1' }
    expect(await refusal(() => rollBackPolicy(broken, { ...world, stored: storedPolicy('a: 1\n') }))).toMatchObject({
      code: 'policy-invalid',
      file: 'v1:sealward.yml',
      line: 1,
    })
    expect(contents).toEqual(before)
  })
})

describe('a process that is killed after any of its writes', () => {
  const commands = {
    add: (world: Parameters<typeof addToMembers>[1]) =>
      addToMembers({ ...request, member: { name: 'dora', keys: [dora.recipient.text], rules: [] } }, world),
    remove: (world: Parameters<typeof addToMembers>[1]) => removeFromMembers({ ...request, name: 'bob' }, world),
    rollback: (world: Parameters<typeof addToMembers>[1]) =>
      rollBackPolicy({ ...request, revision: 'x' }, { ...world, stored: storedPolicy(policyOf({ alice, dora })) }),
  }
  it.each(['add', 'remove', 'rollback'] as const)(
    '%s leaves all files changed or none, once the next command has looked',
    async (name) => {
      const outcomes: string[] = []
      for (let writes = 0; ; writes += 1) {
        const contents = await repository()
        const before = new Map(contents)
        const { world } = membersFixture(contents, with_({ diesAfter: writes }))
        const killed = await commands[name](world).then(
          () => false,
          (error: unknown) => error instanceof Killed,
        )
        // Whatever stands there now, alice opens it all.
        for (const path of FILES) expect(await readersOf(contents.get(path)!)).toContain('alice')
        await settleWrites(membersFixture(contents, with_()).world.writes)
        const changed = [...FILES.slice(0, 3), 'sealward.yml'].filter((path) => contents.get(path) !== before.get(path))
        const same = changed.filter((path) => Buffer.compare(contents.get(path)!, before.get(path)!) !== 0)
        expect([0, 4]).toContain(same.length)
        if (name !== 'add') {
          const lists = [...contents.keys()].filter((path) => path.startsWith('.sealward/to-do/'))
          expect(lists.length).toBe(same.length === 4 ? 1 : 0)
        }
        outcomes.push(same.length === 4 ? 'all' : 'none')
        if (!killed) break
      }
      expect(outcomes.length).toBeGreaterThan(6)
      expect(new Set(outcomes)).toEqual(new Set(['none', 'all']))
      expect(outcomes).toEqual(outcomes.toSorted().toReversed())
    },
    60_000,
  )
})
