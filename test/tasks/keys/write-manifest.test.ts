import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { rotateKey } from '../../../src/tasks/keys/rotate-key.ts'
import { type ManifestWorld, planManifest, writeKeyManifest } from '../../../src/tasks/keys/write-manifest.ts'
import { KEY_FILE, makeScene, REQUEST } from '../../support/rotating.ts'
import { codeOf, type Member, newMember, refusal, textOf } from '../../support/sealing.ts'

let alice: Member
beforeAll(async () => {
  alice = await newMember()
})

const FILE = '/home/secret.yaml'
const ASKED = { file: FILE, name: 'sealward-key', namespace: 'prod', key: 'SEALWARD_KEY' }

/** A repository whose key was rotated, in a world where git would take these files. */
async function scene(...exposed: string[]) {
  const at = await makeScene([alice], null)
  await rotateKey(REQUEST, at.world)
  const modes = new Map<string, number | undefined>()
  const files: ManifestWorld['files'] = {
    ...at.world.files,
    async write(path, bytes, how) {
      modes.set(path, how.mode)
      await at.world.files.write(path, bytes, how)
    },
  }
  const world: ManifestWorld = { ...at.world, files, exposure: { wouldTake: async (path) => exposed.includes(path) } }
  const key = /^AGE-SECRET-KEY-\S+$/m.exec(textOf(at.contents.get(KEY_FILE)!))![0]
  return { ...at, world, modes, key }
}

describe('the manifest of a new key', () => {
  it('is written for its user alone, and written down', async () => {
    const { world, contents, modes, events, key } = await scene()
    expect(await writeKeyManifest(ASKED, world)).toBeNull()
    expect(parse(textOf(contents.get(FILE)!))).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'sealward-key', namespace: 'prod' },
      type: 'Opaque',
      stringData: { SEALWARD_KEY: key },
    })
    expect(modes.get(FILE)).toBe(0o600)
    expect(events.at(-1)).toMatchObject({ kind: 'key-pushed', targets: ['kubernetes:prod/sealward-key'] })
  })

  it('is handed back where no file is asked for', async () => {
    const { world, events, key } = await scene()
    const { namespace: _, ...plain } = ASKED
    const text = await writeKeyManifest({ ...plain, file: null }, world)
    expect(parse(text!.reveal()).stringData).toEqual({ SEALWARD_KEY: key })
    expect(events.at(-1)).toMatchObject({ targets: ['kubernetes:sealward-key'] })
  })

  it('goes nowhere that git would take it from', async () => {
    const { world, contents, events } = await scene(FILE)
    const before = events.length
    expect(await refusal(() => writeKeyManifest(ASKED, world))).toMatchObject({ code: 'usage', file: FILE })
    expect(await codeOf(() => planManifest(ASKED, world))).toBe('usage')
    expect(contents.has(FILE)).toBe(false)
    expect(events).toHaveLength(before)
  })

  it('replaces no other file, and may be written twice', async () => {
    const { world, contents } = await scene()
    contents.set(FILE, Buffer.from('mine'))
    const error = await refusal(() => writeKeyManifest(ASKED, world))
    expect(error).toMatchObject({ code: 'exists', file: FILE })
    expect(error.message).toContain('the files are done')
    expect(textOf(contents.get(FILE)!)).toBe('mine')
    contents.delete(FILE)
    await writeKeyManifest(ASKED, world)
    await writeKeyManifest(ASKED, world)
  })

  it('is not begun with a name that Kubernetes refuses', async () => {
    const { world } = await scene()
    expect(await codeOf(() => planManifest({ ...ASKED, name: 'Sealward' }, world))).toBe('usage')
  })
})
