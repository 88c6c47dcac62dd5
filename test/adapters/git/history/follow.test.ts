import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openFileHistory } from '../../../../src/adapters/git/history/follow.ts'
import type { HistoryCommit } from '../../../../src/core/check/history/commit.ts'
import { type GitRepository, inFolder, makeRepository } from '../../../support/git-repository.ts'
import { dayOf, importHistory, type Planned } from '../../../support/imported-history.ts'

const ODD = 'odd [*] name'
const PATHS = ['a', 'folder/b', ODD]

function follow({ path }: GitRepository, paths: readonly string[] = PATHS, folder = path) {
  return inFolder(folder, () => openFileHistory().follow(paths))
}

/** What each listed commit has, by its changes and what its first parent has. */
function heldIn(commits: readonly HistoryCommit[]): Map<string, Map<string, string>> {
  const held = new Map<string, Map<string, string>>()
  for (const { id, parents, changes } of commits) {
    const files = new Map(parents.toReversed().flatMap((parent) => [...held.get(parent)!]))
    for (const { path, id: blob } of changes) {
      if (blob === null) files.delete(path)
      else files.set(path, blob)
    }
    held.set(id, files)
  }
  return held
}

function listed(repository: GitRepository, commit: string): [string, string][] {
  const entries = repository.git('ls-tree', '-r', '-z', commit).split('\0').filter(Boolean)
  const files = entries.map(
    (entry) => [entry.slice(entry.indexOf('\t') + 1), entry.split(/[ \t]/)[2]!] as [string, string],
  )
  return files.filter(([path]) => PATHS.includes(path)).sort()
}

const content = fc.constantFrom('1', '2', '3', null)
const deed = fc.record({
  parents: fc.oneof(
    { weight: 2, arbitrary: fc.constant([1]) },
    fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 2, max: 5 })),
  ),
  /** Of a merge, whether it takes the files of its last parent. */
  isTheirs: fc.boolean(),
  files: fc.dictionary(fc.constantFrom(...PATHS, 'other'), content, { maxKeys: 2 }),
})

type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never

/** A tree begins as that of the first parent, so what is taken from another is written out. */
function plansOf(deeds: readonly Deed[]): Planned[] {
  const trees: Readonly<Record<string, string | null>>[] = []
  return deeds.map(({ parents: back, isTheirs, files }, day) => {
    const parents = [...new Set(back.map((steps) => Math.max(0, day - steps)))].filter((parent) => parent < day)
    const taken =
      isTheirs && parents.length > 1 ? { a: null, 'folder/b': null, [ODD]: null, ...trees[parents.at(-1)!] } : {}
    const written = { ...taken, ...files }
    trees.push({ ...trees[parents[0] ?? -1], ...written })
    return { day, parents, files: written }
  })
}

describe('following files', () => {
  it('has at every listed commit, merges too, what git has there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 3, maxLength: 25 }), async (deeds) => {
        const repository = makeRepository()
        importHistory(repository, plansOf(deeds))
        const { commits } = await follow(repository)
        for (const [id, files] of heldIn(commits)) expect([...files].sort()).toEqual(listed(repository, id))
        const last = commits.at(-1)
        expect(last === undefined ? [] : listed(repository, last.id)).toEqual(listed(repository, 'main'))
      }),
      { numRuns: process.env.CI === 'true' || process.env.SEALWARD_FULL === '1' ? 60 : 12 },
    )
  }, 120_000)

  it('leaves out commits that touch none of them, and is the same from a folder below', async () => {
    const repository = makeRepository()
    importHistory(repository, [
      { day: 0, files: { a: '1', other: '1' } },
      { day: 1, files: { other: '2' } },
      { day: 2, files: { 'folder/b': '1', a: '2' } },
      { day: 3, files: { other: '3' } },
    ])
    repository.write('folder/x', '')
    const { commits } = await follow(repository)
    expect(commits.map(({ date }) => date)).toEqual([dayOf(0), dayOf(2)])
    expect(commits[1]?.parents).toEqual([commits[0]?.id])
    expect((await follow(repository, PATHS, `${repository.path}/folder`)).commits).toEqual(commits)
    const many = Array.from({ length: 2000 }, (_, at) => `not/there-${at}`)
    expect(heldIn((await follow(repository, [...PATHS, ...many])).commits).get(commits[1]!.id)).toEqual(
      heldIn(commits).get(commits[1]!.id),
    )
  })

  it('lists what a commit took away beside a file that it brought', async () => {
    const repository = makeRepository()
    importHistory(repository, [
      { day: 0, files: { old: '1', other: '1' } },
      { day: 1, files: { a: '1', old: null } },
      { day: 2, files: { a: '2', other: null } },
    ])
    const { commits } = await follow(repository)
    expect(
      commits.map(({ gone, changes }) => [changes.map(({ isNew }) => isNew), gone.map(({ path }) => path)]),
    ).toEqual([
      [[true], ['old']],
      [[false], []],
    ])
  })

  it('has nothing of a repository without commits', async () => {
    expect(await follow(makeRepository())).toEqual({ commits: [], isShallow: false })
  })
})
