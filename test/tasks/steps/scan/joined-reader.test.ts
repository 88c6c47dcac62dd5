import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joinReaders } from '../../../../src/tasks/steps/scan/joined-reader.ts'
import type { PlaceReader, ScanPlace } from '../../../../src/tasks/world/scan/source.ts'
import { collect } from '../../../support/scan-steps.ts'

/** Answers each place with its own name, and keeps how many were asked for at once. */
function readerCalled(name: string): PlaceReader & { readonly asked: number[]; closed: number } {
  const asked: number[] = []
  return {
    asked,
    closed: 0,
    async *read(places) {
      const list = [...(places as Iterable<ScanPlace>)]
      asked.push(list.length)
      for (const { path } of list) yield { kind: 'unread', path, why: name }
    },
    close() {
      this.closed += 1
    },
  }
}

function place(path: string, stored: boolean): ScanPlace {
  return { kind: 'place', path, ...(stored ? { id: path } : {}) }
}

describe('two readers as one', () => {
  it('answer in the order of the places, each for its own', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 50 }), async (kinds) => {
        const places = kinds.map((stored, index) => place(String(index), stored))
        const answers = await collect(joinReaders(readerCalled('disk'), readerCalled('git')).read(places))
        expect(answers).toEqual(
          kinds.map((stored, index) => ({ kind: 'unread', path: String(index), why: stored ? 'git' : 'disk' })),
        )
      }),
    )
  })

  it('ask for many at once, and for no more than memory can hold', async () => {
    const git = readerCalled('git')
    const places = Array.from({ length: 2500 }, (_, index) => place(String(index), true))
    await collect(joinReaders(readerCalled('disk'), git).read(places))
    expect(git.asked).toEqual([1024, 1024, 452])
  })

  it('are closed together', () => {
    const [disk, git] = [readerCalled('disk'), readerCalled('git')]
    joinReaders(disk, git).close()
    expect([disk.closed, git.closed]).toEqual([1, 1])
  })
})
