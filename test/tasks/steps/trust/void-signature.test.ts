import { expect, it } from 'vitest'
import { set } from '../../../../src/tasks/files/edit.ts'
import { memoryWorld } from '../../../fakes/memory-world.ts'
import { newMember, seal } from '../../../support/sealing.ts'

const member = await newMember()
const sealed = await seal([{ kind: 'entry', name: 'A', value: '1' }], [member])
const said = async (files: Readonly<Record<string, string>>, value: string) => {
  const world = memoryWorld({ f: sealed, ...files }, member.identity)
  await set({ file: 'f', name: 'A', value }, world)
  return world.said
}

it('a change says that the signature beside the file is for what the file was', async () => {
  expect(await said({ 'f.sig': 'x' }, '2')).toEqual([
    expect.stringMatching(/^f\.sig is for what the file was: sign it again/),
  ])
})

it('nothing is said when nothing changed, or nothing was signed', async () => {
  expect(await said({ 'f.sig': 'x' }, '1')).toEqual([])
  expect(await said({}, '2')).toEqual([])
})
