import { describe, expect, it } from 'vitest'
import { openRequestMemory } from '../../../src/adapters/git/request-memory.ts'
import { openBranch, openRotationScene } from './rotation/rotation-scene.ts'

const REF = 'refs/sealward/requests'
const bytes = (text: string) => Buffer.from(text)

async function openMemory(top: string) {
  return openRequestMemory((await openBranch(top, 'commit')).repository)
}

describe('what is remembered of requests', () => {
  it('is nothing at first, and then what was written last, for every clone', async () => {
    const scene = openRotationScene()
    const [one, other] = [await openMemory(scene.clone().path), await openMemory(scene.clone().path)]
    const before = await one.read()
    expect(before).toEqual({ bytes: null, tip: null })
    expect(await one.write(bytes('1'), before)).toBe(true)
    const seen = await other.read()
    expect(Buffer.from(seen.bytes!).toString()).toBe('1')
    expect(await other.write(bytes('2'), seen)).toBe(true)
    expect(Buffer.from((await one.read()).bytes!).toString()).toBe('2')
  })

  it('is written by one of two who have seen the same', async () => {
    const scene = openRotationScene()
    const [one, other] = [await openMemory(scene.clone().path), await openMemory(scene.clone().path)]
    for (const round of [1, 2, 3]) {
      const seen = [await one.read(), await other.read()]
      const written = await Promise.all([
        one.write(bytes(`a${round}`), seen[0]!),
        other.write(bytes(`b${round}`), seen[1]!),
      ])
      expect(written.toSorted()).toEqual([false, true])
    }
  })

  it('has no history, and is on no branch', async () => {
    const scene = openRotationScene()
    const clone = scene.clone()
    const memory = await openMemory(clone.path)
    for (const text of ['1', '2', '3']) await memory.write(bytes(text), await memory.read())
    clone.git('fetch', '--quiet', 'origin', REF)
    expect(clone.git('rev-list', '--count', 'FETCH_HEAD').trim()).toBe('1')
    expect(
      clone
        .git('ls-remote', 'origin')
        .split('\n')
        .filter((line) => line.includes('sealward/requests')).length,
    ).toBe(1)
    expect(clone.git('branch', '--all', '--contains', 'FETCH_HEAD').trim()).toBe('')
    expect(clone.git('status', '--porcelain').trim()).toBe('')
  })
})
