import { describe, expect, it } from 'vitest'
import { findSchemas } from '../../../src/tasks/steps/schema.ts'
import type { Configs } from '../../../src/tasks/world.ts'

/** Configuration files of one folder. */
function worldWith(files: Readonly<Record<string, string>>) {
  const warnings: string[] = []
  const configs: Configs = {
    async nearest(names, path) {
      const name = names.find((one) => files[one] !== undefined)
      return name === undefined ? null : { file: name, bytes: Buffer.from(files[name]!), relative: path }
    },
  }
  const teller = { warn: (message: string) => void warnings.push(message), note: () => undefined }
  return { configs, teller, warnings }
}

const namesIn = async (files: Readonly<Record<string, string>>) =>
  (await findSchemas(['.env.encrypted', '.env.other.encrypted'], worldWith(files))).map(({ file, rules }) => [
    file,
    ...rules.keys(),
  ])

describe('findSchemas', () => {
  it.each([
    ['nothing', {}, []],
    ['a sealward.yml that asks nothing', { 'sealward.yml': 'files: []' }, []],
    ['a section', { 'sealward.yml': 'schema: { A: {} }' }, [['sealward.yml', 'A']]],
    [
      'a section whose key is spelled with escapes',
      { 'sealward.yaml': '"\\u0073chema": { A: {} }' },
      [['sealward.yaml', 'A']],
    ],
    [
      'a file before a section',
      { '.env.schema': 'B: {}', 'sealward.yml': 'schema: { A: {} }' },
      [['.env.schema', 'B']],
    ],
    [
      "another tool's file behind a section",
      { '.env.schema': 'B=', 'sealward.yml': 'schema: { A: {} }' },
      [['sealward.yml', 'A']],
    ],
  ])('of %s: each schema once', async (_, files, wanted) => {
    expect(await namesIn(files as Record<string, string>)).toEqual(wanted)
  })

  it("warns of another tool's file", async () => {
    const world = worldWith({ '.env.schema': 'B=' })
    expect(await findSchemas(['x'], world)).toEqual([])
    expect(world.warnings).toEqual([expect.stringContaining('.env.schema')])
  })

  it('refuses a broken one', async () => {
    for (const files of [{ '.env.schema': 'A: { typ: x }' }, { 'sealward.yml': 'schema: { A: { typ: x } }' }])
      await expect(findSchemas(['x'], worldWith(files))).rejects.toMatchObject({ code: 'policy-invalid' })
  })
})
