import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ListedRepository } from '../../../src/core/organisation/choose.ts'
import { MOST_SHARDS, shareOut, weightOf } from '../../../src/core/organisation/shards.ts'
import { repositories } from './made.ts'

const each = repositories.map((all) => [...new Map(all.map((one) => [one.name, one])).values()])

describe('the jobs of a matrix', () => {
  it('have every repository once, and are the same for the same list in any order', () => {
    fc.assert(
      fc.property(each, (all) => {
        const shards = shareOut(all)
        expect(shards.flat().toSorted()).toEqual(all.map(({ name }) => name).toSorted())
        expect(shareOut(all.toReversed())).toEqual(shards)
      }),
    )
  })

  it('are never empty, and differ by no more than the heaviest repository', () => {
    fc.assert(
      fc.property(each, (all) => {
        const weights = new Map(all.map((one) => [one.name, weightOf(one)]))
        const loads = shareOut(all).map((names) => names.reduce((sum, name) => sum + weights.get(name)!, 0))
        expect(Math.min(...loads)).toBeGreaterThan(0)
        if (loads.length > 0)
          expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(Math.max(...weights.values()))
      }),
    )
  })

  it.each([
    [0, 0],
    [1, 1],
    [40, 1],
    [41, 2],
    [500, 13],
    [10_000, 250],
    [30_000, MOST_SHARDS],
  ])('for %d repositories are %d', (count, jobs) => {
    expect(shareOut(many(count))).toHaveLength(jobs)
  })

  it('fit, as numbers, into a matrix and into an output, which the names of an organisation would not', () => {
    const all = many(10_000)
    const shards = shareOut(all)
    // GitHub counts two bytes a character, and the outputs of a job may have 1 MiB.
    const most = 1024 * 1024
    expect(2 * JSON.stringify([...shards.keys()]).length).toBeLessThan(most / 500)
    expect(2 * JSON.stringify(shards).length).toBeGreaterThan(most)
  })
})

/** With names as long as they may be. */
function many(count: number): ListedRepository[] {
  return Array.from({ length: count }, (_, at) => ({
    ...{ private: true, archived: false, disabled: false, fork: false, size: at % 1000 },
    name: `octo-org/${String(at).padStart(100, 'r')}`,
  }))
}
