import { beforeAll, describe, expect, it } from 'vitest'
import { openFile } from '../../../src/core/envelope/decrypt.ts'
import { encryptNew } from '../../../src/core/envelope/encrypt.ts'
import { parseEncryptedFile, printEncryptedFile } from '../../../src/core/envelope/file.ts'
import { searchDataKey } from '../../../src/core/envelope/keys/data-key.ts'
import { readersOf } from '../../../src/core/envelope/keys/key-groups.ts'
import { keyGroupsOf } from '../../../src/core/envelope/text/metadata.ts'
import { DEFAULT_RULE } from '../../../src/core/envelope/values/rule.ts'
import { rotateDataKey } from '../../../src/tasks/keys/rotate-data-key.ts'
import { finishKeyRotation } from '../../../src/tasks/keys/rotate-finish.ts'
import { rotateKey } from '../../../src/tasks/keys/rotate-key.ts'
import { documentOf, variablesOf } from '../../support/documents.ts'
import { keysIn, makeScene, REQUEST, TOP } from '../../support/rotating.ts'
import { codeOf, type Member, newMember, textOf } from '../../support/sealing.ts'

const PATH = 'production/.env.encrypted'
const VALUES = { A: 'one' }
let [alice, bob, carol]: Member[] = []
beforeAll(async () => {
  ;[alice, bob, carol] = [await newMember(), await newMember(), await newMember()]
})

/** A file for two of three, and two of them at hand. */
async function scene() {
  const names = [alice!, bob!, carol!].map(({ recipient }) => recipient.text)
  const policy = `recipients: { alice: ${names[0]}, bob: ${names[1]}, carol: ${names[2]} }\nfiles:\n  - path: '**'\n    key-groups: [[alice], [bob], [carol]]\n    threshold: 2\n`
  const at = await makeScene([alice!], policy)
  for (const path of [...at.contents.keys()])
    if (path.includes('.env') || path.includes('odd')) at.contents.delete(path)
  const keyGroups = { groups: names.map((name) => [name]), threshold: 2 }
  const envelope = { ...readersOf(keyGroups), rule: DEFAULT_RULE, macOnlyEncrypted: false }
  const file = printEncryptedFile(await encryptNew(documentOf(VALUES), envelope, new Date(0)))
  at.contents.set(`${TOP}/${PATH}`, file)
  const now = () => at.contents.get(`${TOP}/${PATH}`)!
  return { ...at, file: now, groups: () => keyGroupsOf(parseEncryptedFile(now()).metadata), names }
}

async function opens(bytes: Uint8Array, hands: readonly Pick<Member, 'identity'>[]): Promise<boolean> {
  const file = parseEncryptedFile(bytes)
  const search = await searchDataKey(file.metadata)
  for (const { identity } of hands) {
    const dataKey = await search.take(identity)
    if (dataKey === null) continue
    expect(variablesOf((await openFile(file, dataKey)).document)).toEqual(VALUES)
    return true
  }
  return false
}

describe('rotating keys of a file of several key groups', () => {
  it('puts the new key into the group of the old one, and takes that away in the end', async () => {
    const at = await scene()
    const [old, ...others] = at.names.map((name) => [name])
    const { fresh } = await rotateKey({ ...REQUEST, replace: old![0]! }, at.reopened({ members: [alice!, bob!] }))
    expect(at.groups()).toEqual({ groups: [[fresh, old![0]], ...others], threshold: 2 })
    const [made] = keysIn(at.contents)
    expect(await opens(at.file(), [made!])).toBe(false)
    expect(await opens(at.file(), [made!, alice!])).toBe(false)
    expect(await opens(at.file(), [made!, carol!])).toBe(true)
    await finishKeyRotation({ early: true }, at.reopened({ members: [made!, bob!] as Member[] }))
    expect(at.groups()).toEqual({ groups: [[fresh], ...others], threshold: 2 })
    expect(await opens(at.file(), [alice!, carol!])).toBe(false)
    expect(await opens(at.file(), [made!, carol!])).toBe(true)
    expect(textOf(at.contents.get(`${TOP}/sealward.yml`)!)).toContain(`alice: ${fresh},`)
  })

  it('needs enough of them at hand, and changes nothing without', async () => {
    const at = await scene()
    const before = at.file()
    const replace = at.names[0]!
    const world = at.reopened({ members: [alice!] })
    expect(await codeOf(() => rotateKey({ ...REQUEST, replace }, world))).toBe('no-identity')
    expect(await codeOf(() => rotateDataKey({ files: [`${TOP}/${PATH}`] }, world))).toBe('no-identity')
    expect(at.file()).toBe(before)
  })

  it('gives a new data key the same groups', async () => {
    const at = await scene()
    const [before, groups] = [textOf(at.file()), at.groups()]
    await rotateDataKey({ files: [`${TOP}/${PATH}`] }, at.reopened({ members: [carol!, bob!] }))
    expect(at.groups()).toEqual(groups)
    expect(textOf(at.file()).split('\n')[0]).not.toBe(before.split('\n')[0])
    expect(await opens(at.file(), [alice!, carol!])).toBe(true)
  })
})
