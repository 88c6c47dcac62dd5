import { expect, it } from 'vitest'
import { markCurrent } from '../../../../src/tasks/steps/scan/current.ts'
import type { ScanSource, ScanStep } from '../../../../src/tasks/world/scan/source.ts'

function sourceOf(...steps: ScanStep[]): ScanSource {
  return {
    what: 'versions of files',
    async *steps() {
      yield* steps
    },
  }
}

const place = (path: string, id: string) => ({ kind: 'place', path, id, origin: { commit: 'c' } }) as const

it('what the newest commit has under the same name and with the same content is current', async () => {
  const unread = { kind: 'unread', path: 'x', why: 'y' } as const
  const range = sourceOf(place('a', '1'), place('a', '2'), place('b', '2'), unread, { kind: 'place', path: 'gone' })
  const newest = sourceOf({ kind: 'place', path: 'a', id: '2' }, { kind: 'place', path: 'c', id: '1' })
  const steps: ScanStep[] = []
  for await (const step of markCurrent(range, newest).steps()) steps.push(step)
  expect(steps).toEqual([
    place('a', '1'),
    { ...place('a', '2'), origin: { commit: 'c', current: true } },
    place('b', '2'),
    unread,
    { kind: 'place', path: 'gone' },
  ])
})
