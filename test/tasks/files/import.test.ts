import { beforeAll, describe, expect, it } from 'vitest'
import { parseEncryptedFile } from '../../../src/core/envelope/file.ts'
import { newDotenvxKey } from '../../../src/core/interchange/dotenvx/ecies.ts'
import { sealDotenvx } from '../../../src/core/interchange/dotenvx/file.ts'
import { sealFernetFile } from '../../../src/core/interchange/fernet/file.ts'
import { parseFernetKeys } from '../../../src/core/interchange/fernet/key.ts'
import { printTree } from '../../../src/core/interchange/sops/print-tree.ts'
import { exportVariables } from '../../../src/tasks/files/export.ts'
import { type ImportKind, importVariables } from '../../../src/tasks/files/import.ts'
import { type MemoryWorld, memoryWorld } from '../../fakes/memory-world.ts'
import { documentOf, variablesOf } from '../../support/documents.ts'
import { newFernetKey } from '../../support/foreign-files.ts'
import { bytesOf, codeOf, type Member, newMember, open, refusal, seal, textOf } from '../../support/sealing.ts'

const VALUES = { A: 'value of A', B: "it's $HOME" }
const OUT = 'out/.env.encrypted'
let member: Member
beforeAll(async () => {
  member = await newMember()
})

function request(kind: ImportKind, source: string | Uint8Array, more: { force?: boolean; keys?: string } = {}) {
  const bytes = typeof source === 'string' ? bytesOf(source) : source
  return {
    kind,
    source: { bytes, file: 'in/.env', keyFiles: [], environmentKeys: more.keys ?? '' },
    output: OUT,
    recipients: [member.recipient.text],
    force: more.force ?? false,
  }
}

async function openedIn(world: MemoryWorld): Promise<Record<string, string>> {
  return variablesOf((await open(world.contents.get(OUT)!, member.identity)).document)
}

describe('import', () => {
  it('fernet takes its key from where identities are, and writes the encrypted file alone', async () => {
    const key = newFernetKey()
    const world = memoryWorld({}, 'AGE-SECRET-KEY-nonsense', `${newFernetKey()},${key}`)
    const text = sealFernetFile(documentOf(VALUES), parseFernetKeys(key)[0]!, new Date())
    expect(await importVariables(request('fernet', text), world)).toEqual(['A', 'B'])
    expect(await openedIn(world)).toEqual(VALUES)
    expect(world.touched.filter((one) => one.startsWith('write'))).toEqual([`write ${OUT}`])
    expect(textOf(world.contents.get(OUT)!)).not.toContain('value of A')
  })

  it('fernet without its key says where it looked', async () => {
    const text = sealFernetFile(documentOf(VALUES), parseFernetKeys(newFernetKey())[0]!, new Date())
    const error = await refusal(() => importVariables(request('fernet', text), memoryWorld({}, newFernetKey())))
    expect(error).toMatchObject({ code: 'no-identity', file: 'in/.env' })
    expect(error.hint).toContain('SECRETS_MASTER_KEY')
  })

  it('dotenvx takes its key from .env.keys in the folder or above, or from the environment, and speaks of a $', async () => {
    const key = newDotenvxKey()
    const line = `DOTENV_PRIVATE_KEY_X=${key.scalar.toString('hex')}\n`
    const text = sealDotenvx(documentOf(VALUES), key, '')
    for (const [files, keys] of [
      [{ 'in/.env.keys': line }, ''],
      [{ '.env.keys': line }, ''],
      [{}, line],
    ] as const) {
      const world = memoryWorld(files)
      await importVariables(request('dotenvx', text, { keys }), world)
      expect(await openedIn(world)).toEqual(VALUES)
      expect(world.said).toEqual(['B has a $: it stays as it is, where dotenvx may expand it'])
    }
    expect(await codeOf(() => importVariables(request('dotenvx', text), memoryWorld({})))).toBe('no-identity')
  })

  it('dotenvx with -i looks nowhere else', async () => {
    const key = newDotenvxKey()
    const world = memoryWorld({ 'in/.env.keys': `DOTENV_PRIVATE_KEY=${key.scalar.toString('hex')}`, other: '' })
    const asked = request('dotenvx', sealDotenvx(documentOf(VALUES), key, ''))
    const given = { ...asked, source: { ...asked.source, keyFiles: ['other'] } }
    expect(await codeOf(() => importVariables(given, world))).toBe('no-identity')
  })

  it('sops reads trees and dotenv files, with the identity at hand', async () => {
    const sealed = await seal(documentOf(VALUES), [member])
    const tree = printTree(parseEncryptedFile(sealed), 'yaml')
    for (const source of [sealed, tree]) {
      const world = memoryWorld({}, member.identity)
      await importVariables(request('sops', source), world)
      expect(await openedIn(world)).toEqual(VALUES)
      expect(await codeOf(() => importVariables(request('sops', source), memoryWorld({})))).toBe('no-identity')
    }
  })

  it('gh-secrets-names makes a file of empty values', async () => {
    const world = memoryWorld({})
    await importVariables(request('gh-secrets-names', 'A\nB\n'), world)
    expect(await openedIn(world)).toEqual({ A: '', B: '' })
  })

  it('overwrites nothing without --force, and looks before it opens anything', async () => {
    const world = memoryWorld({ [OUT]: 'mine' })
    expect(await codeOf(() => importVariables(request('fernet', 'no token'), world))).toBe('exists')
    expect(textOf(world.contents.get(OUT)!)).toBe('mine')
    await importVariables(request('gh-secrets-names', 'A', { force: true }), world)
    expect(await openedIn(world)).toEqual({ A: '' })
  })

  it('writes nothing when there is nobody to encrypt to', async () => {
    const world = memoryWorld({})
    const asked = { ...request('gh-secrets-names', 'A'), recipients: [] }
    expect(await codeOf(() => importVariables(asked, world))).toBe('no-recipients')
    expect(world.contents.size).toBe(0)
  })
})

describe('export', () => {
  const world = async (...found: string[]) =>
    memoryWorld({ '.env.encrypted': await seal(documentOf(VALUES), [member]) }, member.identity, ...found)
  const FILE = { file: '.env.encrypted', force: false }

  it('dotenvx adds a private key for its file, keeps the others, and uses the one that is there', async () => {
    const known = newDotenvxKey().scalar.toString('hex')
    const before = `# mine\nDOTENV_PRIVATE_KEY=${known}`
    const here = await world()
    here.contents.set('d/.env.keys', Buffer.from(before))
    await exportVariables({ ...FILE, kind: 'dotenvx', output: 'd/.env' }, here)
    expect(textOf(here.contents.get('d/.env.keys')!)).toBe(before)
    await exportVariables({ ...FILE, kind: 'dotenvx', output: 'd/.env.ci' }, here)
    expect(textOf(here.contents.get('d/.env.keys')!)).toMatch(
      new RegExp(`^${before}\nDOTENV_PRIVATE_KEY_CI=[0-9a-f]{64}\n$`),
    )
    for (const path of ['d/.env', 'd/.env.ci']) {
      const asked = request('dotenvx', here.contents.get(path)!)
      await importVariables({ ...asked, source: { ...asked.source, file: path }, force: true }, here)
      expect(await openedIn(here)).toEqual(VALUES)
    }
  })

  it('fernet needs a key, and both its forms come back', async () => {
    const here = await world(newFernetKey())
    for (const output of ['x.fernet', 'x.json']) {
      await exportVariables({ ...FILE, kind: 'fernet', output }, here)
      await importVariables(request('fernet', here.contents.get(output)!, { force: true }), here)
      expect(await openedIn(here)).toEqual(VALUES)
    }
    const without = await world()
    expect(await codeOf(() => exportVariables({ ...FILE, kind: 'fernet', output: 'x' }, without))).toBe('no-identity')
  })

  it('sops needs no key, and a name that sops goes by', async () => {
    const here = memoryWorld({ '.env.encrypted': await seal(documentOf(VALUES), [member]) })
    for (const output of ['a.yaml', 'a.yml', 'a.json', 'a.env']) {
      await exportVariables({ ...FILE, kind: 'sops', output }, here)
      const opened = memoryWorld({}, member.identity)
      await importVariables(request('sops', here.contents.get(output)!), opened)
      expect(await openedIn(opened)).toEqual(VALUES)
    }
    expect(await codeOf(() => exportVariables({ ...FILE, kind: 'sops', output: 'a.txt' }, here))).toBe('usage')
  })

  it('overwrites nothing without --force', async () => {
    const here = await world(newFernetKey())
    here.contents.set('x', Buffer.from('mine'))
    expect(await codeOf(() => exportVariables({ ...FILE, kind: 'fernet', output: 'x' }, here))).toBe('exists')
    expect(textOf(here.contents.get('x')!)).toBe('mine')
  })
})
