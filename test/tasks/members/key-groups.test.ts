import { beforeAll, describe, expect, it } from 'vitest'
import { openFile } from '../../../src/core/envelope/decrypt.ts'
import { encryptNew } from '../../../src/core/envelope/encrypt.ts'
import { parseEncryptedFile, printEncryptedFile } from '../../../src/core/envelope/file.ts'
import { searchDataKey } from '../../../src/core/envelope/keys/data-key.ts'
import { type KeyGroups, readersOf } from '../../../src/core/envelope/keys/key-groups.ts'
import { keyGroupsOf } from '../../../src/core/envelope/text/metadata.ts'
import { DEFAULT_RULE } from '../../../src/core/envelope/values/rule.ts'
import { addToMembers, removeFromMembers, renameInMembers } from '../../../src/tasks/members/members.ts'
import { syncRecipients } from '../../../src/tasks/members/recipients-sync.ts'
import { updateKeys } from '../../../src/tasks/members/update-keys.ts'
import { documentOf, variablesOf } from '../../support/documents.ts'
import { membersFixture } from '../../support/members-world.ts'
import { bytesOf, codeOf, linesOf, type Member, newMember, refusal, seal, textOf } from '../../support/sealing.ts'

const PATH = 'prod/.env.encrypted'
const VALUES = { A: 'one' }
const request = { folder: '', dryRun: false } as const
const NAMES = ['alice', 'bob', 'carol', 'dora'] as const
type Name = (typeof NAMES)[number]

let people: Record<Name, Member>
beforeAll(async () => {
  const made = await Promise.all(NAMES.map(async (name) => [name, await newMember()] as const))
  people = Object.fromEntries(made) as Record<Name, Member>
})

const key = (name: Name) => people[name].recipient.text
const groups = (named: readonly (readonly Name[])[], threshold: number): KeyGroups => ({
  groups: named.map((members) => members.map(key)),
  threshold,
})

async function sealFor(keyGroups: KeyGroups): Promise<Uint8Array> {
  const envelope = { ...readersOf(keyGroups), rule: DEFAULT_RULE, macOnlyEncrypted: false }
  return printEncryptedFile(await encryptNew(documentOf(VALUES), envelope, new Date(0)))
}

function policyOf(rule: string, names: readonly Name[] = NAMES): string {
  const members = names.map((name) => `  ${name}: ${key(name)}\n`).join('')
  return `recipients:\n${members}files:\n  - path: prod/**\n    ${rule}\n`
}

async function opens(bytes: Uint8Array, names: readonly Name[]): Promise<boolean> {
  const file = parseEncryptedFile(bytes)
  const search = await searchDataKey(file.metadata)
  for (const name of names) {
    const dataKey = await search.take(people[name].identity)
    if (dataKey === null) continue
    expect(variablesOf((await openFile(file, dataKey)).document)).toEqual(VALUES)
    return true
  }
  return false
}

interface Scene {
  readonly contents: Map<string, Uint8Array>
  readonly world: ReturnType<typeof membersFixture>['world']
  file(): Uint8Array
  groups(): KeyGroups
}

/** A file as it is, a policy for it, and whose identities are at hand. */
function sceneOf(
  file: Uint8Array,
  policy: string,
  hands: readonly Name[] = ['alice', 'bob'],
  more: Record<string, string> = {},
): Scene {
  const contents = new Map([
    [PATH, file],
    ['sealward.yml', bytesOf(policy)],
  ])
  for (const [name, text] of Object.entries(more)) contents.set(name, bytesOf(text))
  const { world } = membersFixture(contents, { identities: hands.map((name) => people[name].identity) })
  const now = () => contents.get(PATH)!
  return { contents, world, file: now, groups: () => keyGroupsOf(parseEncryptedFile(now()).metadata) }
}

const RULE = 'key-groups: [[alice], [bob], [carol]]\n    threshold: 2'

describe('recipients sync', () => {
  it('makes a file of one group one of several, under a new data key', async () => {
    const at = sceneOf(await seal(documentOf(VALUES), [people.alice, people.bob]), policyOf(RULE))
    const { files } = await syncRecipients(request, at.world)
    expect(files).toMatchObject([
      { newDataKey: true, together: '2 of 3 key groups', added: [key('carol')], removed: [] },
    ])
    expect(at.groups()).toEqual(groups([['alice'], ['bob'], ['carol']], 2))
    expect(await opens(at.file(), ['alice'])).toBe(false)
    expect(await opens(at.file(), ['carol', 'alice'])).toBe(true)
  })

  it('puts somebody into a group and leaves every value as it is', async () => {
    const before = await sealFor(groups([['alice'], ['bob'], ['carol']], 2))
    const at = sceneOf(before, policyOf('key-groups: [[alice], [bob, dora], [carol]]\n    threshold: 2'))
    expect((await syncRecipients(request, at.world)).files).toMatchObject([{ newDataKey: false, added: [key('dora')] }])
    expect(linesOf(at.file())[0]).toBe(linesOf(before)[0])
    expect(at.groups()).toEqual(groups([['alice'], ['bob', 'dora'], ['carol']], 2))
    expect(await opens(at.file(), ['dora', 'carol'])).toBe(true)
    expect(await opens(at.file(), ['dora', 'bob'])).toBe(false)
  })

  it.each([
    ['a lower threshold', [['alice'], ['bob'], ['carol']], 3],
    ['somebody in another group', [['alice', 'carol'], ['bob'], ['dora']], 2],
    ['a further group', [['alice'], ['bob']], 2],
  ] as const)('draws a new data key for %s', async (_, before, threshold) => {
    const sealed = await sealFor(groups(before, threshold))
    const at = sceneOf(sealed, policyOf(RULE), ['alice', 'bob', 'carol', 'dora'])
    expect((await syncRecipients(request, at.world)).files).toMatchObject([{ newDataKey: true }])
    expect(linesOf(at.file())[0]).not.toBe(linesOf(sealed)[0])
    expect(at.groups()).toEqual(groups([['alice'], ['bob'], ['carol']], 2))
  })

  it('does nothing where the groups are those, in whatever order', async () => {
    const at = sceneOf(await sealFor(groups([['carol'], ['alice'], ['bob']], 2)), policyOf(RULE))
    expect((await syncRecipients(request, at.world)).files).toEqual([])
  })

  it('refuses to give groups up that sealward.yml does not speak of, and changes nothing', async () => {
    const before = await sealFor(groups([['alice'], ['bob']], 2))
    const at = sceneOf(before, policyOf('recipients: [alice, bob]'))
    expect(await refusal(() => syncRecipients(request, at.world))).toMatchObject({ code: 'unsupported', file: PATH })
    expect(at.file()).toBe(before)
  })

  it('needs enough groups at hand, and changes nothing without', async () => {
    const before = await sealFor(groups([['alice'], ['bob']], 2))
    const at = sceneOf(before, policyOf(RULE), ['alice'])
    expect(await codeOf(() => syncRecipients(request, at.world))).toBe('no-identity')
    expect(at.file()).toBe(before)
  })

  it('refuses what would need a key of another kind', async () => {
    const kms = 'sops_key_groups__list_2__map_kms__list_0__map_arn=arn:aws:kms:eu-west-1:1:key/x\n'
    const before = bytesOf(textOf(await sealFor(groups([['alice'], ['bob']], 2))) + kms)
    for (const rule of [RULE, 'key-groups: [[alice], [bob]]']) {
      const at = sceneOf(before, policyOf(rule))
      expect(await codeOf(() => syncRecipients(request, at.world))).toBe('unsupported')
      expect(at.file()).toBe(before)
    }
  })
})

describe('members of key groups', () => {
  const sealed = () => sealFor(groups([['alice'], ['bob', 'dora'], ['carol']], 2))
  const rule = 'key-groups:\n      - [alice]\n      - - bob\n        - dora # both\n      - [carol]\n    threshold: 2'

  it('go from their group, in sealward.yml and in the file', async () => {
    const at = sceneOf(await sealed(), policyOf(rule), ['alice', 'bob'])
    const { files } = await removeFromMembers({ ...request, name: 'dora' }, at.world)
    expect(files).toMatchObject([{ removed: [key('dora')], newDataKey: true }])
    expect(textOf(at.contents.get('sealward.yml')!)).not.toContain('dora')
    expect(at.groups()).toEqual(groups([['alice'], ['bob'], ['carol']], 2))
    expect(await opens(at.file(), ['dora', 'carol'])).toBe(false)
  })

  it('do not go where a group would be empty', async () => {
    const before = await sealed()
    const at = sceneOf(before, policyOf(rule))
    expect(await codeOf(() => removeFromMembers({ ...request, name: 'carol' }, at.world))).toBe('unsupported')
    expect(at.file()).toBe(before)
    const unnamed = sceneOf(before, policyOf('recipients: [alice, bob]'))
    expect(await codeOf(() => removeFromMembers({ ...request, name: 'carol' }, unnamed.world))).toBe('unsupported')
    expect(unnamed.file()).toBe(before)
  })

  it('are not put into a file whose groups sealward.yml does not have', async () => {
    const before = await sealed()
    const at = sceneOf(before, policyOf('quotes: literal', ['alice', 'bob', 'carol']))
    const member = { name: 'dora', keys: [key('dora')], rules: [] }
    expect(await refusal(() => addToMembers({ ...request, member }, at.world))).toMatchObject({
      code: 'unsupported',
      file: PATH,
    })
    expect(at.file()).toBe(before)
  })

  it('are called otherwise in their group too', async () => {
    const at = sceneOf(await sealed(), policyOf(rule))
    await renameInMembers({ ...request, from: 'dora', to: 'doris' }, at.world)
    expect(textOf(at.contents.get('sealward.yml')!)).toContain('        - doris # both\n')
  })

  it('are not guessed into one: whoever is added elsewhere changes nothing, and --rule is refused', async () => {
    const three = ['alice', 'bob', 'carol'] as const
    const before = await sealFor(groups([['alice'], ['bob'], ['carol']], 2))
    const at = sceneOf(before, policyOf(RULE, three))
    const member = { name: 'dora', keys: [key('dora')], rules: [] }
    expect((await addToMembers({ ...request, member }, at.world)).files).toEqual([])
    const asked = sceneOf(before, policyOf(RULE, three))
    const ruled = { ...member, rules: ['prod/**'] }
    expect(await codeOf(() => addToMembers({ ...request, member: ruled }, asked.world))).toBe('unsupported')
  })
})

describe('updatekeys', () => {
  it('does by .sops.yaml what sealward.yml does not say, for the files that are named alone', async () => {
    const config = `creation_rules:\n  - shamir_threshold: 2\n    key_groups: [{ age: [${key('alice')}] }, { age: [${key('bob')}] }, { age: [${key('dora')}] }]\n`
    const flat = await seal(documentOf(VALUES), [people.alice])
    const at = sceneOf(flat, 'version: 1\n', ['alice'], { '.sops.yaml': config })
    at.contents.set('other/.env.encrypted', flat)
    const planned = await updateKeys({ ...request, dryRun: true, paths: [PATH] }, at.world)
    expect([planned.written, at.file()]).toEqual([[], flat])
    const outcome = await updateKeys({ ...request, paths: [PATH, PATH] }, at.world)
    expect(outcome.written).toContain(PATH)
    expect(at.groups()).toEqual(groups([['alice'], ['bob'], ['dora']], 2))
    expect(at.contents.get('other/.env.encrypted')).toBe(flat)
    const again = sceneOf(at.file(), 'version: 1\n', [], { '.sops.yaml': config })
    expect(await updateKeys({ ...request, paths: [PATH] }, again.world)).toMatchObject({ files: [], same: [PATH] })
  })

  it('gives key groups up where the configuration has none', async () => {
    const at = sceneOf(await sealFor(groups([['alice'], ['bob']], 2)), policyOf('recipients: [alice, bob]'))
    expect((await updateKeys({ ...request, paths: [PATH] }, at.world)).files).toMatchObject([
      { newDataKey: true, together: 'one recipient alone' },
    ])
    expect(await opens(at.file(), ['bob'])).toBe(true)
  })

  it('refuses what is not there, and a file for which nobody is named', async () => {
    const at = sceneOf(await seal(documentOf(VALUES), [people.alice]), 'version: 1\n')
    expect(await codeOf(() => updateKeys({ ...request, paths: ['gone'] }, at.world))).toBe('not-found')
    expect(await codeOf(() => updateKeys({ ...request, paths: [PATH] }, at.world))).toBe('no-recipients')
  })
})
