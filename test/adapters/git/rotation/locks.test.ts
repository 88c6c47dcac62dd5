import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openRotationLocks } from '../../../../src/adapters/git/rotation/locks.ts'
import { cleanEnv, makeRepository } from '../../../support/git-repository.ts'
import { openBranch, openRotationScene } from './rotation-scene.ts'

const full = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'
const PROCESSES = 8
const ROUNDS = full ? 10 : 3
const LOCK = 'refs/sealward/lock/orders-db'
const NOON = new Date('2026-03-04T12:00:00Z')

/** A run on a machine of its own. */
async function openLocks(top: string, { holder = 'run 1', now = NOON } = {}) {
  const { repository } = await openBranch(top, 'commit')
  const warnings: string[] = []
  const teller = { warn: (text: string) => void warnings.push(text) }
  return { warnings, locks: openRotationLocks(repository, { holder, clock: { now: () => now }, teller }) }
}

function startTaker(top: string): { readonly child: ChildProcess; line(): Promise<string>; go(): void } {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'lock-taker.ts'), top], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...cleanEnv, NODE_NO_WARNINGS: '1' } as NodeJS.ProcessEnv,
  })
  onTestFinished(() => void child.kill())
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
  return { child, line: async () => String((await lines.next()).value), go: () => void child.stdin!.write('\n') }
}

function gate(): [Promise<void>, () => void] {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return [opened, () => open()]
}

describe.each(['at the remote', 'in a repository without one'])('a lock %s', (where) => {
  it(`is taken by exactly one of ${PROCESSES} processes at once`, async () => {
    const scene = openRotationScene()
    const lonely = makeRepository()
    lonely.stage('a', 'a')
    lonely.git('commit', '--quiet', '-m', 'x')
    const tops = Array.from({ length: PROCESSES }, () => (where === 'at the remote' ? scene.clone().path : lonely.path))
    const takers = tops.map(startTaker)
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const { go } of takers) go()
      const answers = await Promise.all(takers.map(({ line }) => line()))
      expect(answers.filter((answer) => answer === 'won')).toHaveLength(1)
      expect(answers.filter((answer) => answer === 'locked')).toHaveLength(PROCESSES - 1)
      for (const { go } of takers) go()
      expect(new Set(await Promise.all(takers.map(({ line }) => line())))).toEqual(new Set(['gave back']))
    }
  }, 60_000)
})

describe('a lock', () => {
  it('is seen by others until it is given back, with who has it since when', async () => {
    const scene = openRotationScene()
    const { locks } = await openLocks(scene.clone().path, { holder: 'https://github.com/o/r/actions/runs/7' })
    const other = await openLocks(scene.clone('--depth=1').path)
    const inside = await locks.within('orders-db', async () => {
      expect(await other.locks.within('another', async () => 'not in the way')).toBe('not in the way')
      return other.locks.within('orders-db', async () => 'never').catch((error: unknown) => error)
    })
    expect(inside).toMatchObject({
      code: 'locked',
      message: `it is being rotated since ${NOON.toISOString()} by https://github.com/o/r/actions/runs/7`,
    })
    expect(await other.locks.within('orders-db', async () => 'then')).toBe('then')
    expect(scene.remote.git('for-each-ref', 'refs/sealward')).toBe('')
  })

  it('is taken by one of two that say the same of themselves, in the same instant', async () => {
    const scene = openRotationScene()
    const [one, other] = [await openLocks(scene.clone().path), await openLocks(scene.clone().path)]
    for (let round = 0; round < 3; round += 1) {
      const [isOver, over] = gate()
      const both = [one, other].map(({ locks }) =>
        locks
          .within('orders-db', () => isOver)
          .then(
            () => 'won',
            () => 'lost',
          ),
      )
      expect(await Promise.race(both)).toBe('lost')
      over()
      expect((await Promise.all(both)).toSorted()).toEqual(['lost', 'won'])
    }
  })

  it('is given back when the work fails', async () => {
    const scene = openRotationScene()
    const { locks } = await openLocks(scene.clone().path)
    const work = () => Promise.reject(new Error('it broke'))
    await expect(locks.within('orders-db', work)).rejects.toThrow('it broke')
    expect(scene.remote.git('for-each-ref', 'refs/sealward')).toBe('')
  })

  it('is taken over when it is older than an hour, which both are told', async () => {
    const scene = openRotationScene()
    const first = await openLocks(scene.clone().path, { holder: 'one that hangs' })
    const soon = await openLocks(scene.clone().path, { now: new Date(NOON.getTime() + 3_599_000) })
    const late = await openLocks(scene.clone().path, { now: new Date(NOON.getTime() + 3_601_000) })
    const [isOver, over] = gate()
    const [isTaken, taken] = gate()
    const hanging = first.locks.within('orders-db', () => isTaken)
    await expect.poll(() => scene.remote.git('for-each-ref', LOCK)).not.toBe('')
    await expect(soon.locks.within('orders-db', async () => {})).rejects.toMatchObject({ code: 'locked' })
    const working = late.locks.within('orders-db', async () => {
      taken()
      await isOver
    })
    await hanging
    expect(late.warnings).toEqual(['the lock of one that hangs is older than an hour, and was taken over'])
    expect(first.warnings).toEqual([expect.stringContaining('was taken over by somebody else')])
    over()
    await working
    expect(scene.remote.git('for-each-ref', LOCK)).toBe('')
  })

  it('that says nothing of itself is held, and shows nothing that a terminal would obey', async () => {
    const scene = openRotationScene()
    scene.remote.git('update-ref', LOCK, 'main')
    const { locks } = await openLocks(scene.clone().path)
    await expect(locks.within('orders-db', async () => {})).rejects.toMatchObject({
      message: 'it is being rotated since an unknown time by somebody',
    })
    const evil = scene.remote
      .git('commit-tree', '-m', `x\n\nholder: \u001b[31m::error::\nsince: ${NOON.toISOString()}`, 'main^{tree}')
      .trim()
    scene.remote.git('update-ref', LOCK, evil)
    const error: Error = await locks.within('orders-db', async () => new Error('none')).catch((caught: Error) => caught)
    expect(error.message).toContain('\\x1b[31m')
  })

  it('that will never be old is to be deleted by a person, who is told how', async () => {
    const scene = openRotationScene()
    const ahead = new Date(NOON.getTime() + 365 * 24 * 3_600_000)
    const { locks } = await openLocks(scene.clone().path, { now: ahead })
    const other = await openLocks(scene.clone().path)
    const hint = expect.stringContaining(`delete ${LOCK} at the remote`)
    await locks.within('orders-db', async () => {
      await expect(other.locks.within('orders-db', async () => {})).rejects.toMatchObject({ code: 'locked', hint })
    })
    scene.remote.git('update-ref', LOCK, 'main')
    await expect(other.locks.within('orders-db', async () => {})).rejects.toMatchObject({ code: 'locked', hint })
  })

  it('has the name of a credential, and no other', async () => {
    const { locks } = await openLocks(openRotationScene().clone().path)
    for (const name of ['../heads/main', 'A', '', 'a/b', '-a'])
      await expect(locks.within(name, async () => {})).rejects.toMatchObject({ code: 'usage' })
  })
})
