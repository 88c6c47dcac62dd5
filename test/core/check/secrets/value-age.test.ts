import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HistoryCommit } from '../../../../src/core/check/history/commit.ts'
import type { Content, Version } from '../../../../src/core/check/history/version.ts'
import { ageFiles } from '../../../../src/core/check/secrets/value-age.ts'

const FILE = '.env.encrypted'
const NAMES = ['A', 'B', 'C'] as const
const DAY = 24 * 60 * 60 * 1000
const NOW = new Date('2026-06-01T00:00:00Z')
const START = Date.UTC(2025, 0, 1)

type Values = Partial<Record<(typeof NAMES)[number], number>>

/** What somebody did in a commit: the truth, of which an observer without a key sees a part. */
interface Deed {
  /** How far back the parents are. One for an ordinary commit, two for a merge. */
  readonly parents: readonly number[]
  readonly values: Values
  /** Under a new data key: every line is new. */
  readonly rotates: boolean
  readonly opened: boolean
  readonly what: 'edit' | 'remove' | 'break'
}

interface Told {
  readonly commits: readonly HistoryCommit[]
  readonly versions: ReadonlyMap<string, Version>
  readonly deeds: readonly Deed[]
}

const value = fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined, freq: 4 })
const deed = fc.record({
  parents: fc.oneof(
    { weight: 3, arbitrary: fc.constant([1]) },
    fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 5 })),
  ),
  values: fc.record({ A: value, B: value, C: value }),
  rotates: fc.boolean(),
  opened: fc.boolean(),
  what: fc.constantFrom('edit' as const, 'edit' as const, 'edit' as const, 'remove' as const, 'break' as const),
})
const deeds = fc.array(deed, { minLength: 1, maxLength: 14 }) as fc.Arbitrary<Deed[]>

/** Writes the deeds down as git would have them. */
function tell(given: readonly Deed[], firstIsCut = false): Told {
  const versions = new Map<string, Version>()
  const keys: number[] = []
  const commits = given.map(({ parents, values, rotates, opened, what }, at): HistoryCommit => {
    const from = [...new Set(parents.map((back) => Math.max(0, at - back)))].filter((parent) => parent < at)
    const key = rotates || from.length === 0 ? at : keys[from[0]!]!
    keys.push(key)
    const id = what === 'remove' ? null : `blob ${at}`
    if (what === 'edit') versions.set(`blob ${at}`, versionOf(values, key, opened))
    const isCut = firstIsCut && from.length === 0
    const date = new Date(START + at * DAY)
    return {
      id: `${at}`,
      parents: from.map(String),
      date,
      isCut,
      gone: [],
      changes: [{ path: FILE, id, isNew: at === 0 }],
    }
  })
  return { commits, versions, deeds: given }
}

/** A line whose value stays keeps its ciphertext under its data key. */
function versionOf(values: Values, key: number, opened: boolean): Version {
  const contents = new Map<string, Content>()
  const version = { values: contents, recipients: [], wrapped: new Set([`key ${key}`]) }
  for (const name of NAMES) {
    const held = values[name]
    if (held === undefined) continue
    contents.set(name, { value: opened ? `${held}` : null, sealed: `ENC[${key} ${name} ${held}]`, version })
  }
  return version
}

/** The slow plain truth: back through all parents, as long as one of them has the value. */
function truth(
  { commits, deeds }: Told,
  name: keyof Values,
  at = commits.length - 1,
): { value: number; time: number } | null {
  const before = commits[at]!.parents.map((id) => truth({ commits, deeds, versions: new Map() }, name, Number(id)))
  const held = before.filter((one) => one !== null)
  const value = deeds[at]!.what === 'edit' ? deeds[at]!.values[name] : undefined
  if (value === undefined) return held[0] ?? null
  const same = held.filter((one) => one.value === value).map(({ time }) => time)
  return { value, time: Math.min(commits[at]!.date.getTime(), ...same) }
}

function agesOf(told: Told) {
  return [...(ageFiles({ ...told, origins: new Map() }, [FILE], NOW).files.get(FILE)?.values ?? [])]
}

describe('the age of values', () => {
  it('with a key is the last commit that changed the value, whatever was encrypted anew, merged or removed', () => {
    fc.assert(
      fc.property(deeds, (given) => {
        const told = tell(
          given.map((one) => ({ ...one, opened: true, what: one.what === 'break' ? 'edit' : one.what })),
        )
        for (const [name, age] of agesOf(told)) {
          expect([age.since.getTime(), age.isExact]).toEqual([truth(told, name as keyof Values)?.time, true])
          expect([age.earliest, age.evidence]).toEqual([age.since, 'value'])
        }
      }),
    )
  })

  it('with no key, or one for some versions, is a bound that holds, and exact only where it is the truth', () => {
    fc.assert(
      fc.property(deeds, fc.boolean(), (given, isCut) => {
        const told = tell(given, isCut)
        for (const [name, { since, isExact, earliest }] of agesOf(told)) {
          const time = truth(told, name as keyof Values)!.time
          expect(since.getTime()).toBeGreaterThanOrEqual(time)
          expect(earliest?.getTime() ?? 0).toBeLessThanOrEqual(time)
          if (isExact) expect(since.getTime()).toBe(time)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('without a key says of an edited line that it changed, and of lines that changed together that nobody knows', () => {
    const step = (values: Values, rotates: boolean): Deed => ({
      parents: [1],
      values,
      rotates,
      opened: false,
      what: 'edit',
    })
    const told = tell([step({ A: 1, B: 1 }, true), step({ A: 2, B: 1 }, false), step({ A: 2, B: 1 }, true)])
    const day = (at: number) => new Date(START + at * DAY)
    expect(agesOf({ ...told, commits: told.commits.slice(0, 2) }).map(([, age]) => [age.since, age.isExact])).toEqual([
      [day(1), true],
      [day(0), true],
    ])
    expect(
      agesOf(told).map(([, { since, isExact, earliest, evidence }]) => [since, isExact, earliest, evidence]),
    ).toEqual([
      [day(2), false, day(1), 'ciphertext'],
      [day(2), false, day(0), 'ciphertext'],
    ])
  })

  it('remembers when a value that came back was there for the first time', () => {
    const step = (A: number): Deed => ({ parents: [1], values: { A }, rotates: true, opened: true, what: 'edit' })
    const [[, age] = []] = agesOf(tell([step(1), step(2), step(1)]))
    expect([age?.since, age?.before]).toEqual([new Date(START + 2 * DAY), new Date(START)])
  })

  describe('behind a merge that itself changed nothing', () => {
    const commit = (at: number, parents: readonly number[], id?: string | null): HistoryCommit => ({
      ...{ id: `${at}`, parents: parents.map(String), date: new Date(START + at * DAY), isCut: false, gone: [] },
      changes: id === undefined ? [] : [{ path: FILE, id, isNew: at === 0 }],
    })
    const versions = new Map([1, 2].map((held) => [`blob ${held}`, versionOf({ A: held }, held, true)] as const))
    const ages = (...commits: HistoryCommit[]) => agesOf({ commits, versions, deeds: [] })

    it('is that of the older branch, where both came to the same content', () => {
      const [[, age] = []] = ages(
        ...[commit(0, [], 'blob 1'), commit(1, [0], 'blob 2'), commit(2, [0], 'blob 2'), commit(3, [2, 1])],
      )
      expect([age?.since, age?.isExact, age?.commit]).toEqual([new Date(START + DAY), true, '1'])
    })

    it('is none where both took the file away', () => {
      const history = [commit(0, [], 'blob 1'), commit(1, [0], null), commit(2, [0], null), commit(3, [2, 1])]
      expect(ages(...history)).toEqual([])
      const [[, age] = []] = ages(...history, commit(4, [3], 'blob 1'))
      expect([age?.since, age?.commit]).toEqual([new Date(START), '0'])
    })
  })

  it('at the end of a shallow clone is a bound without a limit', () => {
    const [[, age] = []] = agesOf(
      tell([{ parents: [], values: { A: 1 }, rotates: true, opened: true, what: 'edit' }], true),
    )
    expect([age?.since, age?.isExact, age?.earliest]).toEqual([new Date(START), false, null])
  })
})
