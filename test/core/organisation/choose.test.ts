import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Glob, parseGlob } from '../../../src/core/glob/glob.ts'
import { chooseRepositories, type ListedRepository } from '../../../src/core/organisation/choose.ts'
import { repositories } from './made.ts'

const glob = (text: string) => parseGlob(text) as Glob
const ALL = { include: [], exclude: [], private: true }

describe('the repositories of an organisation', () => {
  it('are each chosen, left out for one reason, or hidden: none is lost, and none counts twice', () => {
    fc.assert(
      fc.property(repositories, fc.boolean(), (listed, isPrivate) => {
        const { repositories: chosen, left, hidden } = chooseRepositories(listed, { ...ALL, private: isPrivate })
        const names = [...chosen.map(({ name }) => name), ...Object.values(left).flat()]
        const known = new Set(listed.map(({ name }) => name))
        expect(new Set(names).size).toBe(names.length)
        expect(names.length + hidden).toBe(known.size)
        expect(isPrivate ? 0 : chosen.filter((one) => one.private).length).toBe(0)
      }),
    )
  })

  it('come in the order of their names, however they were listed', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 99 })), (numbers) => {
        const listed = numbers.map((number) => made(`o/r${number}`))
        const [one, other] = [listed, listed.toReversed()].map((list) => chooseRepositories(list, ALL).repositories)
        expect(one).toEqual(other)
      }),
    )
  })

  it('are meant by globs of their own names', () => {
    const listed = ['o/api', 'o/api-old', 'o/web'].map((name) => made(name))
    const choice = { ...ALL, include: [glob('api*')], exclude: [glob('*-old')] }
    expect(chooseRepositories(listed, choice)).toMatchObject({
      repositories: [{ name: 'o/api' }],
      left: { excluded: ['o/api-old', 'o/web'] },
    })
  })

  it('have names that can be part of an address and of a path', () => {
    const listed = ['o/..', 'o/a b', 'o/a/b', '../x/y', 'o/a\nb', 'o/.github'].map((name) => made(name))
    expect(chooseRepositories(listed, ALL).repositories.map(({ name }) => name)).toEqual(['o/.github'])
  })

  it.each(['archived', 'disabled', 'fork'] as const)('are left out when they are %s', (what) => {
    const listed = [made('o/a', { [what]: true })]
    expect(chooseRepositories(listed, ALL).left[what]).toEqual(['o/a'])
  })
})

function made(name: string, changed: Partial<ListedRepository> = {}): ListedRepository {
  return { name, private: false, archived: false, disabled: false, fork: false, size: 1, ...changed }
}
