import { beforeAll, describe, expect, it } from 'vitest'
import { parseEncryptedFile } from '../../../src/core/envelope/file.ts'
import { newDotenvxKey } from '../../../src/core/interchange/dotenvx/ecies.ts'
import { sealDotenvx } from '../../../src/core/interchange/dotenvx/file.ts'
import { sealFernetFile } from '../../../src/core/interchange/fernet/file.ts'
import { parseFernetKeys } from '../../../src/core/interchange/fernet/key.ts'
import { printTree } from '../../../src/core/interchange/sops/print-tree.ts'
import { migrate, planMigration } from '../../../src/tasks/files/migrate.ts'
import { memoryWorld } from '../../fakes/memory-world.ts'
import { documentOf, variablesOf } from '../../support/documents.ts'
import { newFernetKey } from '../../support/foreign-files.ts'
import { codeOf, type Member, newMember, open, seal } from '../../support/sealing.ts'

const fernetKey = newFernetKey()
const dotenvxKey = newDotenvxKey()
let member: Member
let files: Record<string, string | Uint8Array>
beforeAll(async () => {
  member = await newMember()
  const sealed = await seal(documentOf({ A: 'sops' }), [member])
  files = {
    '.env.keys': `DOTENV_PRIVATE_KEY=${dotenvxKey.scalar.toString('hex')}\n`,
    '.env.example': 'A=\n',
    'package.json': '{"name": "x"}',
    'a/.env': 'A=plain\n',
    'b/.env': sealDotenvx(documentOf({ A: 'dotenvx' }), dotenvxKey, ''),
    'c/secrets.yaml': printTree(parseEncryptedFile(sealed), 'yaml'),
    'd/.env.production.fernet': sealFernetFile(documentOf({ A: 'fernet' }), parseFernetKeys(fernetKey)[0]!, new Date()),
    'e/.env.encrypted': sealed,
  }
})

const request = { globs: [], force: false, keyFiles: [], environmentKeys: '' }

describe('a plan', () => {
  it('names what is there and where it would go, and changes nothing', async () => {
    const world = memoryWorld(files)
    const steps = await planMigration(request, world)
    expect(steps.map(({ file, kind, output, state }) => `${state} ${kind} ${file} ${output}`)).toEqual([
      'open plaintext a/.env a/.env.encrypted',
      'open dotenvx b/.env b/.env.encrypted',
      'open sops c/secrets.yaml c/secrets.env.encrypted',
      'open fernet d/.env.production.fernet d/.env.production.encrypted',
      'done sealed e/.env.encrypted e/.env.encrypted',
    ])
    expect(world.touched.filter((one) => !one.startsWith('read'))).toEqual([])
  })

  it('blocks what would overwrite, and lets the encrypted one of two sources have the file', async () => {
    const token = files['d/.env.production.fernet']!
    const there = {
      'x/.env': 'A=1\n',
      'x/.env.encrypted': token,
      'y/.env': 'A=1\n',
      'y/.env.encrypted': files['e/.env.encrypted']!,
    }
    const states = async (force: boolean) =>
      (await planMigration({ ...request, force }, memoryWorld(there))).map(({ file, state }) => `${file} ${state}`)
    expect(await states(false)).toEqual([
      'x/.env blocked',
      'x/.env.encrypted blocked',
      'y/.env blocked',
      'y/.env.encrypted done',
    ])
    expect(await states(true)).toEqual([
      'x/.env blocked',
      'x/.env.encrypted open',
      'y/.env blocked',
      'y/.env.encrypted done',
    ])
  })
})

describe('migrate', () => {
  it('opens every source with the keys at hand and leaves the sources', async () => {
    const world = memoryWorld(files, member.identity, fernetKey)
    const asked = { ...request, recipients: [member.recipient.text] }
    await migrate(await planMigration(asked, world), asked, world)
    const values = await Promise.all(
      ['a/.env', 'b/.env', 'c/secrets.env', 'd/.env.production'].map(async (path) =>
        variablesOf((await open(world.contents.get(`${path}.encrypted`)!, member.identity)).document),
      ),
    )
    expect(values).toEqual([{ A: 'plain' }, { A: 'dotenvx' }, { A: 'sops' }, { A: 'fernet' }])
    for (const [path, content] of Object.entries(files)) expect(world.contents.get(path)).toEqual(Buffer.from(content))
    expect(new Set((await planMigration(asked, world)).map(({ state }) => state))).toEqual(new Set(['done', 'blocked']))
  })

  it('writes nothing at all when one key is missing', async () => {
    const world = memoryWorld(files, member.identity)
    const asked = { ...request, recipients: [member.recipient.text] }
    const steps = await planMigration(asked, world)
    expect(await codeOf(() => migrate(steps, asked, world))).toBe('no-identity')
    expect(world.contents.size).toBe(Object.keys(files).length)
  })
})
