import { expect, test } from 'vitest'
import { SealwardError } from '../../../src/core/errors.ts'
import { printState } from '../../../src/core/job/state.ts'
import { cleanUp } from '../../../src/tasks/job/clean-up.ts'

/** Files that are there, are gone, or are not ours any more. */
function jobFiles(files: Readonly<Record<string, 'removed' | 'gone' | 'link'>>) {
  return {
    async remove(path: string) {
      const outcome = files[path]!
      if (outcome === 'link') throw new SealwardError('io', 'is a link', { file: path })
      return outcome
    },
  }
}

test('every file is removed that can be, and none keeps the others', async () => {
  const files = { '/link': 'link', '/a': 'removed', '/b': 'gone', '/c': 'removed' } as const
  const state = printState({ files: Object.keys(files) })
  expect(await cleanUp(state, { jobFiles: jobFiles(files) })).toEqual({
    removed: ['/a', '/c'],
    gone: ['/b'],
    left: [{ path: '/link', reason: 'is a link' }],
  })
})

test('a step that left nothing needs nothing', async () => {
  const nothing = { removed: [], gone: [], left: [] }
  for (const state of [undefined, '', printState({ files: [] })])
    expect(await cleanUp(state, { jobFiles: jobFiles({}) })).toEqual(nothing)
})

test('an error that is not ours is not swallowed', async () => {
  const broken = { remove: () => Promise.reject(new TypeError('a bug')) }
  await expect(cleanUp(printState({ files: ['/a'] }), { jobFiles: broken })).rejects.toThrow('a bug')
})

test('a forged state is refused', async () => {
  await expect(cleanUp('{"files":7}', { jobFiles: jobFiles({}) })).rejects.toMatchObject({ code: 'malformed' })
})
