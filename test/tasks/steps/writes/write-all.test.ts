import { describe, expect, it } from 'vitest'
import { SealwardError } from '../../../../src/core/errors.ts'
import { settlingFiles } from '../../../../src/tasks/steps/writes/settling-files.ts'
import { settleWrites, type WriteAllWorld, writeAll } from '../../../../src/tasks/steps/writes/write-all.ts'
import type { Files } from '../../../../src/tasks/world.ts'
import { memoryFiles } from '../../../fakes/memory-files.ts'
import { mortalFiles, ProcessEnd } from '../../../fakes/mortal-files.ts'
import { codeOf } from '../../../support/sealing.ts'

const text = (value: string) => Buffer.from(value)
const CHANGES = ['a', 'b', 'c'].map((path) => ({ path, before: text(`old ${path}`), after: text(`new ${path}`) }))

function makeScene() {
  const contents = new Map<string, Uint8Array>(CHANGES.map(({ path, before }) => [`/r/${path}`, before]))
  const said: string[] = []
  const teller = { warn: (message: string) => void said.push(message), note: () => {} }
  const world = (files: Files = memoryFiles(contents)): WriteAllWorld => ({
    files,
    teller,
    top: '/r',
    folder: '/r/.git/s',
  })
  const now = () => CHANGES.map(({ path }) => Buffer.from(contents.get(`/r/${path}`) ?? text('nothing')).toString())
  return { contents, said, world, now }
}
const OLD = CHANGES.map(({ before }) => before.toString())
const NEW = CHANGES.map(({ after }) => after.toString())

describe('several files that are written together', () => {
  it('are all old or all new after a process ended at any write, and settled once', async () => {
    const outcomes: string[] = []
    for (let write = 0; ; write += 1) {
      const { world, now, said } = makeScene()
      const end = await writeAll(CHANGES, world(mortalFiles(world().files, write))).catch((error: unknown) => error)
      const way = await settleWrites(world())
      expect(await settleWrites(world())).toBeNull()
      expect(said).toHaveLength(way === null ? 0 : 1)
      outcomes.push(now()[0]!)
      expect([OLD, NEW]).toContainEqual(now())
      if (end === undefined) break
      expect(end).toBeInstanceOf(ProcessEnd)
    }
    expect(outcomes).toEqual(['old a', 'old a', 'new a', 'new a', 'new a', 'new a', 'new a'])
  })

  it('are settled although the process that settles them ends at any write too', async () => {
    for (let write = 0; ; write += 1) {
      const { world, now } = makeScene()
      await writeAll(CHANGES, world(mortalFiles(world().files, 3))).catch(() => {})
      const end = await settleWrites(world(mortalFiles(world().files, write))).catch((error: unknown) => error)
      await settleWrites(world())
      expect(now()).toEqual(NEW)
      if (end === 'finished') break
    }
  })

  it('are what they were when the disk is full, and nothing waits', async () => {
    const { world, now, contents } = makeScene()
    const files = memoryFiles(contents)
    const full: Files = {
      ...files,
      write: (path, bytes, how) =>
        path === '/r/c' ? Promise.reject(new SealwardError('io', 'full')) : files.write(path, bytes, how),
    }
    expect(await codeOf(() => writeAll(CHANGES, world(full)))).toBe('io')
    expect(now()).toEqual(OLD)
    expect(await settleWrites(world())).toBeNull()
  })

  it('are left alone, and nothing is recorded, when one of them is not what it was', async () => {
    const { world, now, contents } = makeScene()
    contents.set('/r/b', text('somebody'))
    const recorded: string[] = []
    expect(await codeOf(() => writeAll(CHANGES, world(), async () => recorded.push('once')))).toBe('locked')
    expect([now(), recorded]).toEqual([['old a', 'somebody', 'old c'], []])
  })

  it('go back where somebody has changed one since the crash, and that one stays', async () => {
    const { world, now, contents, said } = makeScene()
    await writeAll(CHANGES, world(mortalFiles(world().files, 3))).catch(() => {})
    contents.set('/r/c', text('somebody'))
    expect(await settleWrites(world())).toBe('taken back')
    expect(now()).toEqual(['old a', 'old b', 'somebody'])
    expect(said).toEqual([
      'an interrupted change of 3 files was taken back',
      'c has been changed since, and stays as it is',
    ])
  })

  it('are settled before the first lock that anybody takes, once', async () => {
    const { world, now } = makeScene()
    await writeAll(CHANGES, world(mortalFiles(world().files, 3))).catch(() => {})
    let times = 0
    const files = settlingFiles(world().files, () => {
      times += 1
      return settleWrites(world())
    })
    expect(await files.locked('/r/a', async () => now())).toEqual(NEW)
    await files.locked('/r/a', async () => {})
    expect(times).toBe(1)
  })
})
