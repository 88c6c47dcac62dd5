import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openFileReader } from '../../../src/adapters/files/sources/reader.ts'
import { openPool } from '../../../src/adapters/workers/pool.ts'
import { RULES } from '../../../src/core/scan/rules.ts'
import { lookAt } from '../../../src/tasks/steps/scan/look.ts'
import type { Look, Lookers } from '../../../src/tasks/world/scan/look.ts'
import type { ScanPlace, ScanStep } from '../../../src/tasks/world/scan/source.ts'
import { packageRoot, temporaryFolder } from '../../support/git-repository.ts'
import { collect } from '../../support/scan-steps.ts'

const FIXTURE = join(import.meta.dirname, 'fixture-thread.ts')

function openFixture(threads: number, data: unknown = null): Lookers {
  return openPool({ program: FIXTURE, threads, data })
}

async function* listed(steps: Iterable<ScanStep>): AsyncGenerator<ScanStep> {
  yield* steps
}

function places(count: number): ScanPlace[] {
  return Array.from({ length: count }, (_, index) => ({ kind: 'place', path: `${index}.txt` }))
}

function suspectsOf(looks: readonly Look[]): string[] {
  return looks.flatMap((look) => (look.kind === 'suspect' ? [look.place.path] : [])).toSorted()
}

function countOf(looks: readonly Look[]): number {
  return looks.reduce((sum, look) => sum + (look.kind === 'tally' ? look.count : 0), 0)
}

describe('the program that is shipped', () => {
  it('sees in its threads what one thread sees', async () => {
    const folder = temporaryFolder()
    const list = places(600)
    for (const [index, { path }] of list.entries()) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), index % 50 === 0 ? privateKey() : `number ${index}\n`)
    }
    const pool = openPool({
      program: join(packageRoot, 'dist', 'worker.js'),
      threads: 2,
      data: { root: folder, common: null },
    })
    const here = await collect(lookAt(list, { reader: openFileReader(folder), rules: RULES }))
    const there = await collect(pool.look(listed(list)))
    expect(suspectsOf(there)).toEqual(suspectsOf(here))
    expect([suspectsOf(there).length, countOf(there)]).toEqual([12, 600])
  })

  function privateKey(): string {
    return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  }
})

describe('a pool', () => {
  it.each([1, 2, 5])('of %i threads hands out each place once', async (threads) => {
    const looks = await collect(openFixture(threads).look(listed(places(1000))))
    expect(suspectsOf(looks)).toEqual(
      places(1000)
        .map(({ path }) => path)
        .toSorted(),
    )
    expect(countOf(looks)).toBe(1000)
    expect(looks.every((look) => look.kind !== 'suspect' || look.place.link)).toBe(true)
  })

  it('passes on what needs no reading', async () => {
    const unread: ScanStep = { kind: 'unread', path: 'sub', why: 'a submodule' }
    const looks = await collect(openFixture(2).look(listed([unread, ...places(300), unread])))
    expect(looks.filter(({ kind }) => kind === 'unread')).toEqual([unread, unread])
    expect(countOf(looks)).toBe(300)
  })

  it.each([1, 3])('of %i threads says before a mark what was listed before it, and nothing else', async (threads) => {
    const mark = (done: number): ScanStep => ({ kind: 'mark', done, total: 3 })
    const steps = [...places(700), mark(1), mark(2), ...places(5), mark(3), ...places(1)]
    const looks = await collect(openFixture(threads).look(listed(steps)))
    const counts = [1, 2, 3].map((done) => looks.findIndex((look) => look.kind === 'mark' && look.done === done))
    expect(counts.map((at) => countOf(looks.slice(0, at)))).toEqual([700, 700, 705])
    expect(looks.flatMap((look) => (look.kind === 'suspect' ? [look.place.path] : []))).toEqual(
      steps.flatMap((step) => (step.kind === 'place' ? [step.path] : [])),
    )
  })

  it('ends with a list that is empty', async () => {
    expect(await collect(openFixture(2).look(listed([])))).toEqual([])
  })
})

describe('a thread that goes', () => {
  const [thrown, ended] = ['a thread of the scanner failed', 'a thread of the scanner ended']

  it.each([
    ['throws', 'throw', thrown],
    ['rejects', 'reject', thrown],
    ['exits', 'exit', ended],
  ])('because it %s ends the scan, and tells nothing of what it read', async (_, path, message) => {
    const steps = listed([...places(400), { kind: 'place', path }, ...places(400)])
    await expect(collect(openFixture(2).look(steps))).rejects.toMatchObject({ code: 'internal', message })
  })

  it.each([
    ['throws', 'throw at the start', thrown],
    ['ends', 'end at the start', ended],
  ])('before it is asked anything, because it %s, ends the scan too', async (_, data, message) => {
    const steps = (async function* (): AsyncGenerator<ScanStep> {
      await new Promise((resolve) => setTimeout(resolve, 500))
      yield* places(10)
    })()
    await expect(collect(openFixture(2, data).look(steps))).rejects.toMatchObject({ code: 'internal', message })
  })

  it('cannot be started at all', async () => {
    const pool = openPool({ program: `${FIXTURE}.missing`, threads: 2, data: null })
    await expect(collect(pool.look(listed(places(3))))).rejects.toMatchObject({ code: 'internal' })
  })

  it('says why it cannot look, and what to do', async () => {
    const steps = listed([{ kind: 'place', path: 'refuse' }])
    await expect(collect(openFixture(1).look(steps))).rejects.toMatchObject({
      code: 'git',
      message: 'git failed',
      hint: 'look there',
    })
  })
})

describe('whoever stops early', () => {
  it('stops the threads, and lets go of the list', async () => {
    let released = false
    const steps = (async function* (): AsyncGenerator<ScanStep> {
      try {
        for (;;) yield* places(100)
      } finally {
        released = true
      }
    })()
    const pulse = new Int32Array(new SharedArrayBuffer(4))
    for await (const _ of openFixture(2, pulse).look(steps)) if (Atomics.load(pulse, 0) > 3) break
    const atStop = Atomics.load(pulse, 0)
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect([released, Atomics.load(pulse, 0)]).toEqual([true, atStop])
  })

  it('a list that fails stops the threads, with its own error', async () => {
    const steps = (async function* (): AsyncGenerator<ScanStep> {
      yield* places(300)
      throw new RangeError('the list failed')
    })()
    await expect(collect(openFixture(2).look(steps))).rejects.toThrow(RangeError)
  })
})
